/** More words than this are never looked at: a person is asked for in the first ones. */
const wordLimit = 400;

/**
 * The words of a text as rules compare them: lowercase, without accents and punctuation.
 *
 * @returns At most 400 words.
 */
export function plainWords(text: string): string[] {
  const plain = text.slice(0, wordLimit * 10).normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase();
  return (plain.match(/[\p{Letter}\p{Number}]+/gu) ?? []).slice(0, wordLimit);
}

/** The text as {@linkcode plainWords}, joined by single spaces. */
export function plainText(text: string): string {
  return plainWords(text).join(" ");
}

/**
 * Whether two plain words differ by at most one slip of the thumb: a letter missing, added, wrong, or
 * swapped with its neighbour. Of four letters only a swap is forgiven; shorter words must be the same.
 */
export function isSameWord(word: string, expected: string): boolean {
  if (word === expected) return true;
  const difference = word.length - expected.length;
  if (expected.length < 4 || word.length < 4 || difference > 1 || difference < -1) return false;
  let start = 0;
  while (start < word.length && word[start] === expected[start]) start++;
  const rest = word.slice(start);
  const wanted = expected.slice(start);
  const isSwapped = rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2);
  if (expected.length < 5 || isSwapped) return isSwapped;
  if (difference === 1) return rest.slice(1) === wanted;
  if (difference === -1) return rest === wanted.slice(1);
  return rest.slice(1) === wanted.slice(1);
}

/** Where the phrase stands in the words, slips allowed; -1 if it does not. Both are plain. */
export function findPhrase(words: string[], phrase: string[]): number {
  if (phrase.length === 0) return -1;
  for (let start = 0; start + phrase.length <= words.length; start++) {
    if (phrase.every((expected, offset) => isSameWord(words[start + offset] ?? "", expected))) return start;
  }
  return -1;
}
