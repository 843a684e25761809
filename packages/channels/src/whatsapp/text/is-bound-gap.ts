/** Currencies as they stand beside an amount; codes are upper case, or else every short word would be one. */
const currency = String.raw`[A-Z]{1,3}\$|[$€£¥₿]|S\/\.?|[A-Z]{3}`;

/** A word that belongs to the number after it: a currency, a sign, the word for number. */
const beforeNumber = new RegExp(
  String.raw`^[^\p{L}\p{N}$€£¥]*(?:${currency}|[+~#-]|[Nn](?:[oº°]\.?|\.º|úm\.)|[xX×])$`,
  "u",
);

/** Currencies and signs that belong to the number before them. */
const signAfterNumber = new RegExp(String.raw`^(?:${currency}|%|°[CF]?|[xX×])[.,;:!?)]*$`, "u");

/** Words that belong to the number before them: amounts, units, halves of the day. */
const unitAfterNumber = new RegExp(
  String
    .raw`^(?:pesos|d[óo]lares|dollars|euros|rea(?:is|les)|soles|mil|mill[oó]n(?:es)?|milh(?:ão|ões)|million` +
    String.raw`|[cmk]?m[²³]?|[mk]?g|[mc]?l|h|hrs?|min|seg|s|in|ft|lbs?|oz|[ap]\.?m\.?` +
    String.raw`|pulgadas|polegadas|inches|cent[ií]metros)[.,;:!?)]*$`,
  "iu",
);

/**
 * Whether two words hold together, so that no bubble ends between them: the groups of a number or phone (`1 250`,
 * `+52 55 1234`), a price (`$ 450`, `450 MXN`), a measure (`10 x 12 cm`), or what a hard space joins.
 *
 * @param gap The white space between them.
 */
export function isBoundGap(before: string, gap: string, after: string): boolean {
  if (gap.includes("\n")) return false;
  if (/^[\u00a0\u202f\u2007]+$/.test(gap)) return true;
  const startsWithNumber = /^[(]?[+-]?[$€£]?[(]?\d/.test(after);
  if (startsWithNumber && (/\d[)]?$/.test(before) || beforeNumber.test(before))) return true;
  return /\d[)"”]?$/.test(before) && (signAfterNumber.test(after) || unitAfterNumber.test(after));
}
