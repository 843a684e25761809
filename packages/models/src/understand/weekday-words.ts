/** Any weekday, in full or abbreviated, in folded text. */
const weekday =
  "(?:dom(?:ingo)?|lun(?:es)?|mar(?:tes)?|mie(?:rcoles)?|jue(?:ves)?|vie(?:rnes)?|sab(?:ado)?|seg(?:unda)?|ter(?:ca)?|qua(?:rta)?|qui(?:nta)?|sex(?:ta)?|sun(?:day)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?)";

/**
 * Abbreviations of weekdays that are words as well, and what may stand before them only where they are days: "el mar" is
 * the sea, "na sex" is Friday, "para ter" is to have, "on sat" is Saturday.
 */
const words: ReadonlyMap<string, RegExp | null> = new Map([
  ["mar", null],
  ["dom", /\b(?:el|este|proximo|no|neste|ate)$/],
  ["seg", /\b(?:na|nesta|essa|esta|proxima|ate)$/],
  ["ter", /\b(?:na|nesta|essa|esta|proxima)$/],
  ["sex", /\b(?:na|nesta|essa|esta|proxima|ate)$/],
  ["sun", /\b(?:on|this|next|last|by|every|until)$/],
  ["sat", /\b(?:on|this|next|last|by|every|until)$/],
  ["wed", /\b(?:on|this|next|last|by|every|until)$/],
]);
const anyWord = new RegExp(`\\b(?:${[...words.keys()].join("|")})\\b`, "g");

/** What follows a day: its date, a time, another weekday. */
const followed = new RegExp(
  `^(?:\\.?,? ?(?:\\d{1,2}[/:h]\\d|\\d{1,2} (?:de|of) )|\\.?,? (?:a las?|as|at) \\d|\\.?,? (?:por la|pela|de manha|a tarde|a noite|que vem|que viene|morning|afternoon|evening)\\b|\\.?(?:,| y| e| o| ou| and| or|-|/)+ ?${weekday}\\b)`,
);
const inList = new RegExp(`\\b${weekday}\\.?(?:,| y| e| o| ou| and| or|-|/)+ ?$`);
/** "Mar 15" is a day, "el mar 15" may be a sentence about the sea; "15 mar" is in March. */
const bareDay = /^\.? \d{1,2}(?!\d)(?! ?\p{L})/u;
const article = /\b(?:el|al|del|la|o|ao|do|the|un|um|of|de|no)$/;
const dayOfMonth = /\d{1,2}(?: de)?$/;

/** Weekdays in Portuguese that are ordinals before a noun: "a segunda opção" is the second. */
const ordinals =
  /\b(?:segunda|terca|quarta|quinta|sexta)(?= (?:opcao|vez|parte|via|pergunta|pessoa|unidade|caixa|loja|mensagem|compra|aula|foto|imagem|entrega|coisa|alternativa|escolha|linha|semana|metade|categoria)\b)/g;

/**
 * Blanks out what looks like a weekday and is another word: "sobre el mar", "quero ter", "the sun".
 *
 * @param folded The text in lower case without accents, letter by letter as long as `text`.
 * @returns The text with spaces in their place, as long as before.
 */
export function blankWords(text: string, folded: string): string {
  let blanked = text;
  const blank = (start: number, length: number) => {
    blanked = blanked.slice(0, start) + " ".repeat(length) + blanked.slice(start + length);
  };
  for (const match of folded.matchAll(anyWord)) {
    const [word] = match;
    const before = folded.slice(0, match.index).trimEnd();
    const after = folded.slice(match.index + word.length);
    if (!isDay(word, before, after)) blank(match.index, word.length);
  }
  for (const match of folded.matchAll(ordinals)) blank(match.index, match[0].length);
  return blanked;
}

function isDay(word: string, before: string, after: string): boolean {
  const isAlone = !/\p{L}|\d/u.test(before + after);
  if (isAlone || followed.test(after) || inList.test(before)) return true;
  if (words.get(word)?.test(before)) return true;
  if (word === "mar" && dayOfMonth.test(before)) return true;
  return bareDay.test(after) && !article.test(before);
}
