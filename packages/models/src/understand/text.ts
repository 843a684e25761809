/** A word or number of a message. Positions are offsets in the text that was given. */
export interface Token {
  text: string;
  /** The word as it is compared: lowercase, without accents. */
  word: string;
  start: number;
  end: number;
}

/** Composes accents and straightens spaces and quotes, so that one letter is one character. */
export function tidy(text: string): string {
  return text.normalize("NFC").replace(/[\u2018\u2019\u00b4`]/g, "'").replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ").trim();
}

/** Lowercase without accents, character by character: offsets stay those of `text`. */
export function fold(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  let folded = "";
  for (const character of text.split("")) {
    const lower = character.toLowerCase();
    const plain = lower.charCodeAt(0) < 128 ? lower : lower.normalize("NFD");
    folded += plain.length === 0 ? " " : plain.charAt(0);
  }
  return folded;
}

/** The words and numbers of a text; `2.500`, `10k` and `juan@x.com` are one token each. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (
    const match of text.matchAll(
      /[\p{L}\p{N}]+(?:(?:[.,'@_/:](?=[\p{L}\p{N}])|(?<=\p{N})-(?=\p{N}))[\p{L}\p{N}]+)*/gu,
    )
  ) {
    tokens.push({
      text: match[0],
      word: fold(match[0]),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return tokens;
}

/** A piece of a text and where it stands. */
export interface Piece {
  text: string;
  start: number;
  end: number;
}

/** Cuts a text after `.`, `!`, `?`, `…`, before `¿` and at line ends, but not inside `2.500`, `S.A.` or `10:30`. */
export function sentences(text: string): Piece[] {
  const cuts =
    /(?<=[!?…])\s*(?=[^\s!?…)])|(?<=[\p{L}\p{N})]{3}\.)\s+|(?<=\d\.)\s+(?=\p{Lu}|[¿¡])|(?<=\p{Extended_Pictographic}\uFE0F?)\s+(?=[\p{Lu}¿¡])|\s*(?=¿)|\n+/gu;
  return cutAt(text, cuts);
}

/** Cuts a text wherever the pattern matches; blank pieces are left out. */
export function cutAt(text: string, pattern: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const add = (end: number) => {
    const piece = text.slice(start, end);
    const lead = piece.length - piece.trimStart().length;
    if (piece.trim() !== "") {
      pieces.push({ text: piece.trim(), start: start + lead, end: start + piece.trimEnd().length });
    }
  };
  for (const match of text.matchAll(pattern)) {
    add(match.index);
    start = match.index + match[0].length;
  }
  add(text.length);
  return pieces;
}

const stems = new Map<string, string>();
/** Stems are remembered up to here: customers bring new words for ever. */
const stemLimit = 20_000;

/** What is left of a word when plural and gender endings are cut: `cajas`, `caja` → `caj`. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= stemLimit) stems.clear();
  const made = cutEndings(word);
  stems.set(word, made);
  return made;
}

function cutEndings(word: string): string {
  const singular = word.replace(/(?:oes|aes)$/, "ao").replace(/ies$/, "y").replace(
    /(?<=[^aeiou]|ch|sh|x)es$/,
    "",
  )
    .replace(/s$/, "");
  return singular.length > 3 ? singular.replace(/[aeo]$/, "") : singular;
}

/** How many letters must be changed, added, dropped or swapped with their neighbour; stops above `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Infinity;
}

/** Whether two folded words are the same but for endings and a typo that is plausible for their length. */
export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  // Endings differ, beginnings don't: most pairs are told apart by their first letter.
  if (a.charCodeAt(0) !== b.charCodeAt(0)) return false;
  const [x, y] = [stem(a), stem(b)];
  if (x === y) return true;
  const shorter = Math.min(x.length, y.length);
  if (shorter < 4 || Math.abs(x.length - y.length) > 6 || /\d/.test(a) || /\d/.test(b)) return false;
  const limit = shorter >= 8 ? 2 : shorter >= 5 ? 1 : 0;
  if (limit > 0 && editDistance(x, y, limit) <= limit) return true;
  return shorter >= 6 && x.slice(0, shorter - 1) === y.slice(0, shorter - 1);
}
