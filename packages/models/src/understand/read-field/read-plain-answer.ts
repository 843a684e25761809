import { isContentWord } from "../concepts.ts";
import type { FieldProfile } from "../field-profile.ts";
import type { Clause } from "../read-clauses.ts";
import { type MessageReading, overlaps } from "../message-reading.ts";
import { fold, tokenize } from "../text.ts";
import { toName } from "./read-name.ts";
import { toPhrase } from "./read-product.ts";

const opening =
  /^(?:(?:hola+|hi|hello|hey|oi|ola|si|yes|sim|ok|okay|claro|dale|bueno|pues|ah|eh|mmm?|well|sure|entonces|perfecto|listo|gracias|thanks)[,.! ]+)*(?:(?:es|son|seria|serian|se llama|su nombre es|(?:her|his|its|their|the) name is|(?:o )?nome (?:dele |dela )?e|is|are|it'?s|it is|they are|that'?s|that would be|would be|e|sao|seriam|chama-se|se chama|la|el|o|a|the)\s+(?:a |para |for |the |el |la |o |un[ao]? |um[a]? )?)?/;
const closing = /[\s,.;]*(?:\b(?:por favor|please|porfa|gracias|thanks|thank you|obrigad[oa])\b|[.!,;\s])*$/;
const loose =
  /^(?:(?:para|for|pra|en|in|em|on|by|de|el|la|o|a|y|and|e)\s+|[,\s]+)+|(?:[,\s]+(?:para|for|pra|en|in|em|on|by|de|el|la|o|a|y|and|e))+\s*$|[,\s]+$/gi;

/** What is left of a tax id when its digits went to their own field. */
const taxLabels = /(?<!\p{L})(?:ruc|nit|rfc|cnpj|cpf|cuit|vat|tax id)(?!\p{L})[:.#\s]*/giu;

/** The answer to a question for a text, or why there is none. */
export type PlainAnswer = { kind: "answer"; value: string } | { kind: "declined" } | { kind: "none" };

/**
 * Takes what somebody answered to a question for a text: the statements of the message without courtesy and
 * without what other fields took.
 */
export function readPlainAnswer(
  profile: FieldProfile,
  reading: MessageReading,
  taken: { start: number; end: number }[],
): PlainAnswer {
  const statements = reading.clauses.filter((clause) => !clause.isQuestion && !clause.isCourtesy);
  const isFree = profile.topic === "notes" || profile.topic === "story" && !profile.field.required;
  if (isFree && statements.some((clause) => clause.acts.has("negate"))) {
    return { kind: "answer", value: strip(statements.map((clause) => clause.text).join(" ")) };
  }
  if (statements.some((clause) => clause.acts.has("unsure") && tokenize(clause.text).length <= 7)) {
    return { kind: "declined" };
  }
  const usable = statements.filter((clause) => isAnswer(clause, profile));
  const left = usable.map((clause) => strip(without(clause, reading, taken, profile))).filter((text) =>
    text !== ""
  );
  const value = left.join(profile.topic === "story" || profile.topic === "notes" ? ". " : ", ");
  if (isNamed(profile) && isLeftover(value, statements, taken)) return { kind: "none" };
  return fits(value, profile, reading)
    ? { kind: "answer", value: finish(value, profile, reading) }
    : { kind: "none" };
}

function isNamed({ topic }: Pick<FieldProfile, "topic">): boolean {
  return topic === "name" || topic === "recipient" || topic === "other_name";
}

/** "From" of "from Dec 10" is nobody's name; "juan perez" alone may be one. */
function isLeftover(value: string, statements: Clause[], taken: { start: number; end: number }[]): boolean {
  const isYesOrNo = statements.some(({ acts }) => acts.has("affirm") || acts.has("negate"));
  return !/\p{Lu}/u.test(value.slice(0, 1)) && (taken.length > 0 || isYesOrNo);
}

function isAnswer(clause: Clause, { topic }: FieldProfile): boolean {
  const { acts } = clause;
  if (
    acts.has("person") || acts.has("refusal") || acts.has("wait") || acts.has("chitchat") ||
    acts.has("may_i_ask")
  ) return false;
  if (acts.has("complaint") || acts.has("objection")) return topic === "story" || topic === "notes";
  const words = tokenize(clause.text);
  return !((acts.has("affirm") || acts.has("negate")) && words.length <= 2);
}

/** What other fields took is left out, except from stories and places, which read best whole. */
function without(
  clause: Clause,
  reading: MessageReading,
  taken: { start: number; end: number }[],
  { topic }: FieldProfile,
): string {
  if (topic === "story" || topic === "notes" || topic === "address") return clause.text;
  const others = [...taken, ...reading.emails, ...reading.dates, ...(topic === "time" ? [] : reading.times)];
  let text = "";
  for (let at = clause.start; at < clause.end; at++) {
    text += overlaps({ start: at, end: at + 1 }, others) ? " " : reading.text[at] ?? "";
  }
  const told = topic === "tax_id" || topic === "code" ? text : text.replace(taxLabels, " ");
  return told.replace(/\s+/g, " ").replace(/\s+,/g, ",").replace(loose, " ").trim();
}

/** An answer without "es", "it's" and courtesies around it. */
export function strip(text: string): string {
  const lead = opening.exec(fold(text))?.[0] ?? "";
  const rest = text.slice(lead.length);
  const end = closing.exec(fold(rest))?.index ?? rest.length;
  const answer = rest.slice(0, end).trim();
  // "El Bosque" is all lead-in but for its last word, and "la" alone is none.
  return answer.length > 0 ? answer : "";
}

function fits(value: string, { topic }: FieldProfile, reading: MessageReading): boolean {
  const words = tokenize(value);
  if (words.length === 0 || value.length > 1000) return false;
  const hasContent = words.some((token) => isContentWord(token.word) || /\d/.test(token.word));
  switch (topic) {
    case "name":
    case "recipient":
    case "other_name":
      return words.length <= 6 && !/\d/.test(value) && !reading.folded.includes("@");
    case "company":
      return words.length <= 8 && /\p{L}/u.test(value);
    case "city":
      return words.length <= 8 && /\p{L}{2}/u.test(value);
    case "address":
      return hasContent && value.length >= 4;
    case "tax_id":
    case "code":
      return /\d/.test(value) && words.length <= 6;
    case "email":
    case "phone":
      return false;
    case "time":
      return words.length <= 8 &&
        /\d|any ?time|whenever|cualquier|qualquer|cuando (?:pued|quier)|quando|flexible|temprano|early|cedo|late/
          .test(fold(value));
    default:
      return hasContent || words.length === 1 && /\p{L}/u.test(value);
  }
}

function finish(value: string, { topic }: FieldProfile, reading: MessageReading): string {
  if (isNamed({ topic })) {
    return toName(
      value.replace(
        /^(?:(?:me llamo|mi nombre es|soy|my name is|i'm|meu nome é|me chamo|sou|para|for) )/i,
        "",
      ),
    );
  }
  if (topic === "company" || topic === "city") {
    const at = reading.text.indexOf(value);
    const article = at > 0
      ? /(?:^|\s)((?:La|El|Los|Las|The|Le|O|A|Os|As) )$/.exec(reading.text.slice(0, at))?.[1]
      : undefined;
    return `${article ?? ""}${value}`;
  }
  if (topic === "product") {
    const at = reading.text.indexOf(value);
    return (at >= 0 ? toPhrase(reading, at)?.value : null) ?? value;
  }
  return value;
}
