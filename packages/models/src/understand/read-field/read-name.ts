import type { FieldProfile } from "../field-profile.ts";
import type { MessageReading } from "../message-reading.ts";
import { fold } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

const word = "\\p{L}[\\p{L}'.-]*";
const link = "(?:de|del|da|do|dos|das|la|las|los|van|von|y)";
const person = `(${word}(?: (?:${link} )*${word}){0,3})`;

/** Ways to give one's name. Those with `needsCapital` are used for other things as well. */
const intros: readonly { pattern: RegExp; needsCapital: boolean }[] = [
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:me llamo|mi nombre(?: completo)? es|a nombre de|my (?:full )?name is|my name's|call me|the name is|name'?s|meu nome(?: completo)? é|me chamo|em nome de|nombre:|name:|nome:)\\s+${person}`,
      "giu",
    ),
    needsCapital: false,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:soy|le escribe|le saluda|habla|te habla|i am|i'm|this is|aqui es|aquí es|sou [oa]|sou|aqui é [oa]|aqui é|quem fala é [oa]?)\\s+${person}`,
      "giu",
    ),
    needsCapital: true,
  },
];

const notNames =
  /^(?:de|del|da|do|from|un|una|um|uma|a|an|the|el|la|o|interested|interesad[oa]|cliente|client|looking|not|nuevo|new|just|in|at|here|es|is|para|for|due[nñ]o|gerente|encargad[oa])$/i;
const endOfName =
  /^(?:y|e|and|de|from|necesito|quiero|preciso|i|soy|with|para|for|at|del|da|do|con|com|my|mi|meu|gracias|thanks|en|in|the|here)$/i;

/** Names of people, when they introduce themselves. */
export function readName(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return intros.flatMap(({ pattern, needsCapital }) =>
    [...reading.text.matchAll(pattern)].flatMap((match): Candidate[] => {
      const said = match[1];
      if (!said) return [];
      const name = cut(said, needsCapital);
      if (!name) return [];
      const start = match.index + match[0].length - said.length;
      return [{ value: toName(name), start, end: start + name.length, strength: focus.isAsked ? 4 : 2.2 }];
    })
  );
}

/** Ends a name at the first word that can be none. */
function cut(said: string, needsCapital: boolean): string | null {
  const parts = said.split(" ");
  const [first] = parts;
  if (!first || notNames.test(first) || needsCapital && !/^\p{Lu}/u.test(first)) return null;
  const kept: string[] = [];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1] ?? "";
    const isLink = new RegExp(`^${link}$`, "iu").test(part) && /^\p{Lu}/u.test(next) &&
      !/^(?:y|da|do|de|del)$/i.test(part);
    if (index > 0 && !isLink && (endOfName.test(fold(part)) || needsCapital && !/^\p{Lu}/u.test(part))) break;
    kept.push(part);
    if (/\.$/.test(part) && part.length > 3) break;
  }
  return kept.join(" ").replace(/[.,-]+$/, "") || null;
}

/** "juan perez" as people write names; what has capitals is left alone. */
export function toName(text: string): string {
  if (/\p{Lu}/u.test(text)) return text;
  return text.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}
