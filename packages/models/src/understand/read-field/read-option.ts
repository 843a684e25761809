import { isQuestionInWords } from "../acts.ts";
import { isAlike } from "../concepts.ts";
import type { FieldProfile, OptionName } from "../field-profile.ts";
import { clauseAt, type MessageReading, overlaps } from "../message-reading.ts";
import { isSameWord, type Token } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

/** Options that fit a message equally well: "pizza boxes", when there are two sizes of them. */
export function ambiguousOptions(profile: FieldProfile, reading: MessageReading, focus: Focus): string[] {
  const found = rank(profile, reading, { ...focus, isAsked: true });
  const best = found[0]?.strength ?? 0;
  const near = found.filter(({ strength }) => best - strength < 0.05);
  return near.length > 1 && near.length < profile.options.length ? near.map(({ value }) => value) : [];
}

/** Options of an enum: by value, label or alias, with plurals, typos and words of another language. */
export function readOption(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const [best, second] = rank(profile, reading, focus).filter((candidate) => candidate.isTelling);
  if (!best) return byPosition(profile, reading, focus);
  // "basic or premium?" tells nothing; "premium plus" tells more than "premium".
  if (second && best.strength - second.strength < 0.05) return [];
  return [best];
}

interface RankedOption extends Candidate {
  value: string;
  /** It was told by a word that only this option has. */
  isTelling: boolean;
}

function rank(
  profile: FieldProfile,
  reading: MessageReading,
  focus: Focus,
): RankedOption[] {
  return profile.options.flatMap(({ option, names }) => {
    const matches = names.flatMap((name) => matchName(name, reading, focus) ?? []);
    const best = matches.sort((a, b) => b.strength - a.strength)[0];
    if (!best) return [];
    const isTelling = best.words.some((word) => isOnlyIn(profile, option.value, word)) || best.isWhole;
    return [{ ...best, value: option.value, isTelling }];
  }).sort((a, b) => b.strength - a.strength);
}

/** Whether a word belongs to one option only: "10" does, where there are boxes of 10 and 12 inches. */
function isOnlyIn(profile: FieldProfile, value: string, word: string): boolean {
  return !profile.options.some(({ option, names }) =>
    option.value !== value && names.some(({ words }) => words.some((other) => isSameWord(other, word)))
  );
}

interface NameMatch extends Omit<Candidate, "value"> {
  /** The words of the message that matched. */
  words: string[];
  /** All words of the name are there. */
  isWhole: boolean;
}

function matchName(name: OptionName, reading: MessageReading, focus: Focus): NameMatch | null {
  const { tokens } = reading;
  for (let at = 0; at + name.words.length <= tokens.length; at++) {
    const isHere = name.words.every((word, offset) => isSameWord(word, tokens[at + offset]?.word ?? ""));
    const [first, last] = [tokens[at], tokens[at + name.words.length - 1]];
    if (!isHere || !first || !last || !isMeant(at, first, reading, focus)) continue;
    const isExact = name.words.every((word, offset) => word === tokens[at + offset]?.word);
    const letters = name.words.join("").length;
    // A short word such as "no" or "m" is an option only where one was asked for.
    if (letters < 3 && !focus.isAsked) continue;
    return {
      start: first.start,
      end: last.end,
      words: name.words,
      isWhole: true,
      strength: (focus.isAsked ? 3 : 1.4) + (isExact ? 0.2 : 0) + Math.min(letters, 40) * 0.01,
    };
  }
  return matchWords(name, reading, focus);
}

/** Finds the words of an option in any order and language. */
function matchWords(
  name: OptionName,
  reading: MessageReading,
  focus: Focus,
): NameMatch | null {
  let share = 0;
  const hits: Token[] = [];
  for (const word of name.content) {
    const token = reading.tokens.find((each, index) =>
      isAlike(word, each.word) && isMeant(index, each, reading, focus)
    );
    // A word of the same meaning tells less than the word itself.
    if (token) {
      share += (isSameWord(word, token.word) ? 1 : 0.8) / name.content.length;
      hits.push(token);
    } else if (!focus.isAsked) {
      // What is not asked for must be named with all of its words.
      return null;
    }
  }
  const [first] = hits;
  if (!first || share < (focus.isAsked ? 0.5 : 0.8) || !focus.isAsked && hits.length < name.content.length) {
    return null;
  }
  if (!focus.isAsked && hits.length < 2 && first.word.length < 4) return null;
  return {
    start: first.start,
    end: first.end,
    words: hits.map((token) => token.word),
    isWhole: hits.length === name.content.length,
    strength: (focus.isAsked ? 2.2 : 0.7) + share * 0.5,
  };
}

/** Not in a question, and not refused as in "no quiero el premium". */
function isMeant(index: number, token: Token, reading: MessageReading, focus: Focus): boolean {
  const clause = clauseAt(reading, token.start);
  if (
    clause?.isQuestion && !(focus.isAsked && reading.tokens.length <= 4 && !isQuestionInWords(clause.text))
  ) return false;
  // "Mañana a las 6" names a day; "mañana" alone may answer "morning or afternoon?".
  if (reading.tokens.length > 2 && overlaps(token, reading.dates)) return false;
  const before = reading.tokens.slice(Math.max(0, index - 3), index).map((other) => other.word);
  return !/\b(?:sin|sem|without|not|don't|nao (?:quero|gosto|preciso)|no (?:quiero|necesito|me|el|la|de)|except|menos)\b/
    .test(before.join(" "));
}

const ordinals: readonly RegExp[] = [
  /^(?:la |el |the |o |a )?(?:primer[oa]?|first(?: one)?|primeir[oa])$/,
  /^(?:la |el |the |o |a )?(?:segund[oa]|second(?: one)?)$/,
  /^(?:la |el |the |o |a )?(?:tercer[oa]?|third(?: one)?|terceir[oa])$/,
];

/** "2", "opción 2", "the first one": the place in the list that was shown. */
function byPosition(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  if (!focus.isAsked) return [];
  const said = reading.folded.replace(/^(?:la |el |the |a )?(?:opcion|option|opcao|numero|number) /, "")
    .replace(/[^a-z0-9 ]/g, "").trim();
  const digit = /^[1-9]\d?$/.test(said)
    ? Number(said) - 1
    : ordinals.findIndex((ordinal) => ordinal.test(said));
  const chosen = profile.options[digit];
  return chosen ? [{ value: chosen.option.value, start: 0, end: reading.text.length, strength: 2.5 }] : [];
}
