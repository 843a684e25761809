/** What a word adds to a number that is spoken in words. */
export type NumberWord =
  | { kind: "unit"; value: number }
  | { kind: "hundred" }
  | { kind: "scale"; value: number }
  /** Half of what follows, as in "media docena". */
  | { kind: "half" }
  /** Groups such as a dozen; `value` is one of them. */
  | { kind: "group"; value: number }
  /** "y", "and", "e": only between number words. */
  | { kind: "link" };

const units: Record<string, number> = {
  ...numbered(0, "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"),
  ...numbered(
    16,
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro",
  ),
  ...numbered(25, "veinticinco veintiseis veintisiete veintiocho veintinueve"),
  ...numbered(
    0,
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
  ),
  ...numbered(16, "sixteen seventeen eighteen nineteen"),
  ...numbered(2, "dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze"),
  ...numbered(16, "dezesseis dezessete dezoito dezenove"),
  ...tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
  ...tens("twenty thirty forty fifty sixty seventy eighty ninety"),
  ...tens("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"),
  ...hundreds("doscient trescient cuatrocient quinient seiscient setecient ochocient novecient", [
    "os",
    "as",
  ]),
  ...hundreds("duzent trezent quatrocent quinhent seiscent setecent oitocent novecent", ["os", "as"]),
  un: 1,
  una: 1,
  um: 1,
  uma: 1,
  a: 1,
  an: 1,
  duas: 2,
  cien: 100,
  ciento: 100,
  cem: 100,
  cento: 100,
  catorze: 14,
  fourty: 40,
  veintiun: 21,
  veintiuna: 21,
  dezasseis: 16,
  dezassete: 17,
  dezanove: 19,
};

const others: Record<string, NumberWord> = {
  hundred: { kind: "hundred" },
  hundreds: { kind: "hundred" },
  mil: { kind: "scale", value: 1000 },
  miles: { kind: "scale", value: 1000 },
  thousand: { kind: "scale", value: 1000 },
  k: { kind: "scale", value: 1000 },
  millon: { kind: "scale", value: 1_000_000 },
  millones: { kind: "scale", value: 1_000_000 },
  million: { kind: "scale", value: 1_000_000 },
  milhao: { kind: "scale", value: 1_000_000 },
  milhoes: { kind: "scale", value: 1_000_000 },
  medio: { kind: "half" },
  media: { kind: "half" },
  meia: { kind: "half" },
  meio: { kind: "half" },
  half: { kind: "half" },
  docena: { kind: "group", value: 12 },
  docenas: { kind: "group", value: 12 },
  dozen: { kind: "group", value: 12 },
  dozens: { kind: "group", value: 12 },
  duzia: { kind: "group", value: 12 },
  duzias: { kind: "group", value: 12 },
  decena: { kind: "group", value: 10 },
  decenas: { kind: "group", value: 10 },
  dezena: { kind: "group", value: 10 },
  dezenas: { kind: "group", value: 10 },
  centenar: { kind: "group", value: 100 },
  centena: { kind: "group", value: 100 },
  millar: { kind: "group", value: 1000 },
  milhar: { kind: "group", value: 1000 },
  milheiro: { kind: "group", value: 1000 },
  par: { kind: "group", value: 2 },
  couple: { kind: "group", value: 2 },
  y: { kind: "link" },
  and: { kind: "link" },
  e: { kind: "link" },
};

function numbered(from: number, list: string): Record<string, number> {
  return Object.fromEntries(list.split(" ").map((word, index) => [word, from + index]));
}

function tens(list: string): Record<string, number> {
  return Object.fromEntries(list.split(" ").map((word, index) => [word, 20 + index * 10]));
}

function hundreds(list: string, endings: string[]): Record<string, number> {
  return Object.fromEntries(
    list.split(" ").flatMap((word, index) => endings.map((ending) => [word + ending, 200 + index * 100])),
  );
}

/** The meaning of a folded word in Spanish, English or Portuguese, or `null` if it is no number. */
export function numberWord(word: string): NumberWord | null {
  const value = units[word];
  if (value !== undefined && Object.hasOwn(units, word)) return { kind: "unit", value };
  return Object.hasOwn(others, word) ? others[word] ?? null : null;
}

/** Whether a word is an article as well: it counts as 1 only where a number is expected. */
export function isArticle(word: string): boolean {
  return ["un", "una", "um", "uma", "a", "an"].includes(word);
}

/**
 * Reads digits with separators of either habit: `2.500` and `1,200` are thousands, `2,5` and `1.200,50` have decimals.
 *
 * @returns `null` if the text is no single number, such as `10/12` or `4x4`.
 */
export function parseDigits(text: string): number | null {
  if (/^\d{1,3}(?:[.,\s]\d{3})+$/.test(text)) return Number(text.replace(/[.,\s]/g, ""));
  if (/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/.test(text)) return Number(text.replace(/\./g, "").replace(",", "."));
  if (/^\d{1,3}(?:,\d{3})+\.\d{1,2}$/.test(text)) return Number(text.replace(/,/g, ""));
  if (/^\d{1,15}(?:[.,]\d+)?$/.test(text)) return Number(text.replace(",", "."));
  return null;
}
