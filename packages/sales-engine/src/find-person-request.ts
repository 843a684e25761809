import { personWords } from "./person-words.ts";
import { findPhrase, isSameWord, plainWords } from "./plain-words.ts";

/** Words between "hablar" and "un asesor", at most: "hablar por favor ya mismo con un asesor". */
const reach = 5;

const phrasesOf = new WeakMap<string[], string[][]>();

type Vocabulary = (typeof personWords)[keyof typeof personWords];

/** A customer's wish for a person. */
export interface PersonRequest {
  /** What was found: the machine's keyword, or `person` for the built-in words. */
  keyword: string;
  /** The language of the words, as far as they tell; `null` for a keyword of the machine. */
  language: string | null;
}

/**
 * Finds out by rules alone whether a text asks for a person, in Spanish, English or Portuguese, with
 * accents missing and slips of the thumb. Needs no model, so it works when every model is down.
 *
 * @param text As written, or its plain words.
 * @param keywords The machine's own words, beside the built-in ones.
 * @param preferred Language to name if the words belong to several.
 */
export function findPersonRequest(
  text: string | string[],
  keywords: string[],
  preferred: string | null,
): PersonRequest | null {
  const words = typeof text === "string" ? plainWords(text) : text;
  if (words.length === 0) return null;
  const keyword = findKeyword(words, keywords);
  if (keyword !== undefined) return { keyword, language: null };
  const asking = Object.entries(personWords).filter(([, vocabulary]) => asks(words, vocabulary));
  const [first] = asking.map(([language, vocabulary]) => ({
    language,
    // Languages share words; the one that knows more of them is meant.
    known: words.filter((word) => knows(vocabulary, word)).length + (language === preferred ? 0.5 : 0),
  })).sort((one, other) => other.known - one.known);
  return first ? { keyword: "person", language: first.language } : null;
}

/** The first of the keywords that stands in plain words, slips allowed. Pass the same list turn after turn. */
export function findKeyword(words: string[], keywords: string[]): string | undefined {
  return keywords.find((_, index) => findPhrase(words, plainPhrases(keywords)[index] ?? []) >= 0);
}

/** The keywords of a machine or tenant are the same array turn after turn. */
function plainPhrases(keywords: string[]): string[][] {
  const known = phrasesOf.get(keywords);
  if (known) return known;
  const made = keywords.map(plainWords);
  phrasesOf.set(keywords, made);
  return made;
}

function asks(words: string[], vocabulary: Vocabulary): boolean {
  return asksBare(words, vocabulary) || asksInWords(words, vocabulary) || refusesBot(words, vocabulary);
}

/** "Asesor por favor": nothing but the person and politeness. */
function asksBare(words: string[], { person, filler }: Vocabulary): boolean {
  return words.length <= 6 && words.some((word) => isIn(person, word)) &&
    words.every((word) => filler.includes(word) || isIn(person, word));
}

function asksInWords(words: string[], vocabulary: Vocabulary): boolean {
  const { person, someone, filler, fixed } = vocabulary;
  if (fixed.some((phrase) => isWanted(words, findPhrase(words, phrase), vocabulary))) return true;
  return words.some((word, index) => {
    const isPerson = isIn(person, word);
    if (!isPerson && !isIn(someone, word)) return false;
    const near = Math.max(0, index - reach);
    for (let at = index - 1, isAdjacent = true; at >= near; at--) {
      const before = words[at] ?? "";
      if (isIn(vocabulary.touch, before)) return isWanted(words, at, vocabulary);
      if (isPerson && isAdjacent && vocabulary.want.includes(before)) return isWanted(words, at, vocabulary);
      isAdjacent &&= filler.includes(before);
    }
    return false;
  });
}

/** "No quiero hablar con un bot" asks for a person without naming one. */
function refusesBot(words: string[], { touch, bot, notWanted }: Vocabulary): boolean {
  const at = words.findIndex((word) => bot.includes(word));
  if (at < 0) return false;
  const before = words.slice(Math.max(0, at - reach - 2), at);
  return before.some((word) => isIn(touch, word)) &&
    notWanted.some((phrase) => findPhrase(before, phrase) >= 0);
}

/** Not if the words right before say no: "no quiero que me atienda una persona". */
function isWanted(words: string[], at: number, { notWanted, filler }: Vocabulary): boolean {
  if (at < 0) return false;
  return !notWanted.some((phrase) => {
    const start = findPhrase(words.slice(0, at + 1), phrase);
    return start >= 0 && words.slice(start + phrase.length, at).every((word) => filler.includes(word));
  });
}

function knows({ touch, want, person, someone, filler }: Vocabulary, word: string): boolean {
  return [touch, want, person, someone, filler].some((list) => list.includes(word));
}

function isIn(list: string[], word: string): boolean {
  return list.includes(word) || (word.length >= 4 && list.some((expected) => isSameWord(word, expected)));
}
