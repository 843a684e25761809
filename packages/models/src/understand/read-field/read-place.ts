import type { FieldProfile } from "../field-profile.ts";
import { clauseAt, type MessageReading } from "../message-reading.ts";
import type { Candidate, Focus } from "./candidate.ts";

const street =
  /(?<!\p{L})(?:(?:mi |la |my |the |meu |o )?(?:direcci[oó]n|address|endere[cç]o)(?: es| is| é|:)?\s+|(?=(?:calle|av\.?|avenida|jr\.?|jir[oó]n|carrera|cra\.?|rua|alameda|travessa|paseo|pasaje|plaza)\s+[\p{L}\d])|(?=\d{1,5} (?:\p{Lu}[\p{L}]+ ){1,3}(?:st|street|ave|avenue|rd|road|blvd|lane|ln|drive|dr)(?!\p{L})))([^;!?\n]{5,100})/giu;
const city =
  /(?<!\p{L})(?:[Vv]ivo en|[Ee]stoy en|[Ee]stamos en|[Ee]n|[Bb]ased in|[Ll]ocated in|[Ii]n|[Nn]ear|[Cc]erca de|[Mm]oro em|[Ee]stou em|[Ee]m|[Pp]erto de|zona de|(?:la )?ciudad de|city of|cidade de|bairro|barrio)\s+(?:la |el |o |a )?(\p{Lu}[\p{L}.'-]+(?: (?:de |del |do |da |la )?\p{Lu}[\p{L}.'-]+){0,3})/gu;

/** Streets: "mi dirección es …", "Av. Arequipa 123", "123 Main Street". */
export function readAddress(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return [...reading.text.matchAll(street)].flatMap((match): Candidate[] => {
    const said = match[1]?.trim();
    if (!said || clauseAt(reading, match.index)?.isQuestion || !/\d|\p{Lu}/u.test(said)) return [];
    const value = said.replace(/,? (?:por favor|please|gracias|thanks|obrigad[oa]).*$/i, "").replace(
      /[.,]+$/,
      "",
    );
    const start = match.index + match[0].length - (match[1]?.length ?? 0);
    return [{ value, start, end: start + value.length, strength: focus.isAsked ? 4 : 2 }];
  });
}

/** Cities and quarters: names with a capital after "en", "in", "em" and the like. */
export function readCity(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return [...reading.text.matchAll(city)].flatMap((match): Candidate[] => {
    const said = match[1];
    if (!said || clauseAt(reading, match.index)?.isQuestion || isDay(reading, match)) return [];
    const start = match.index + match[0].length - said.length;
    return [{
      value: said.replace(/[.,]+$/, ""),
      start,
      end: start + said.length,
      strength: focus.isAsked ? 4 : 1.5,
    }];
  });
}

/** "In December" is no town. */
function isDay(reading: MessageReading, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  return reading.dates.some((date) => date.start < end && match.index < date.end) ||
    /(?:january|february|march|april|may|june|july|august|september|october|november|december|enero|diciembre|english|spanish|espanol)$/i
      .test(match[0]);
}
