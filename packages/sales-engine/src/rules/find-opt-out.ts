import { findPhrase, isSameWord, plainWords } from "../plain-words.ts";
import { optOutWords } from "./opt-out-words.ts";

/** A message that is longer says something else as well. */
const mostWords = 5;

/**
 * Finds out by rules alone whether a message wants no more messages: STOP, BAJA, SAIR and their like as the
 * whole message, or a sentence that can mean nothing else. Slips and missing accents are forgiven.
 *
 * @param words Plain words of the message.
 * @param own The tenant's words; each must be the whole message.
 * @returns What was found, or `null`.
 */
export function findOptOut(words: string[], own: string[]): string | null {
  if (words.length === 0) return null;
  const bare = words.length <= mostWords
    ? [...optOutWords.bare, ...own.map(plainWords)].find((phrase) => isAlone(words, phrase))
    : undefined;
  const found = bare ?? optOutWords.anywhere.find((phrase) => findPhrase(words, phrase) >= 0);
  return found?.join(" ") ?? null;
}

function isAlone(words: string[], phrase: string[]): boolean {
  const { filler } = optOutWords;
  const content = words.filter((word) => !filler.has(word));
  const wanted = phrase.filter((word) => !filler.has(word));
  return wanted.length > 0 && content.length === wanted.length &&
    wanted.every((word, index) => isMeant(content[index] ?? "", word));
}

/** A slip in a short word makes another word of it: "para" is not "parar". */
function isMeant(word: string, wanted: string): boolean {
  return word === wanted || wanted.length >= 7 && isSameWord(word, wanted);
}
