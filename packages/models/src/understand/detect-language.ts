import { detectAll } from "tinyld/light";
import { type Language, languages } from "./languages.ts";
import { tokenize } from "./text.ts";

/** Words that belong to one of the three languages only, without accents. */
const cues: Record<Language, ReadonlySet<string>> = {
  es: words(
    `el los las hola buenas buenos necesito quiero quisiera gracias cuanto cuantas cuantos cuesta cuestan
    precio precios manana usted ustedes con muy pero unas unos es son soy tengo tienen tienes puedo puede pueden
    vale bueno buena donde cual cuando hacer mi mis del hasta luego lunes martes miercoles jueves viernes enero
    febrero mayo junio julio septiembre octubre noviembre diciembre uno cuatro cinco siete ocho nueve diez doce
    quince veinte treinta cuarenta cincuenta cien cientos docena cuatrocientas doscientas me llamo nombre le les otro
    tambien ahora hoy ya sin y ustedes estoy esta estan proximo viene quien gustaria busco hablar persona aqui
    seria entonces correo tarde dale claro cajas`,
  ),
  en: words(
    `the an i i'm im hi hello hey need want would like thanks thank you your how much many cost costs price
    for tomorrow and with but is are am we my our have has can could do does what where when which yes please of to
    in on at it this that about next week monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december one two three four five six seven eight nine
    ten hundred thousand dozen from name company good morning afternoon sure okay yeah looking speak talk someone
    sounds great cool not be will by they me if or so just it's don't i'd we're let's`,
  ),
  pt: words(
    `os as oi preciso quero queria gostaria obrigado obrigada obg quanto custa custam preco precos amanha voce
    voces vc com muito mas nao sim uma umas uns um sao sou tenho tem posso bom boa bem onde qual fazer meu minha do da
    das ate logo segunda terca quarta quinta sexta feira janeiro fevereiro marco abril maio junho julho setembro
    outubro novembro dezembro dois duas quatro sete oito nove dez quinze vinte trinta cinquenta cem duzia chamo
    nome outro tambem agora hoje ja sem na em ao pra pro pelo isso isto beleza valeu tudo dia quem falar pessoa que
    vem ola procuro estou seja caixas quatrocentas duzentos umas aqui minhas meus nossa nosso`,
  ),
};

/** Shared words that the lists above hold for one language although another uses them as well. */
const weak = words(
  "es me as do os do que dia logo um no for an is mi la da na em com claro aqui ola uns tem vem",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word.length > 0));
}

/** What the choice of a language rests on. */
export interface LanguageCues {
  /** What the contact wrote in this turn, oldest first. */
  texts: string[];
  /** The language of the conversation so far. */
  current: Language | null;
  /** The language to use when nothing tells. */
  fallback: Language;
}

/**
 * Tells in which language to answer. The conversation's language stays unless the new messages are clearly in
 * another one: a single "ok thanks" in a Spanish conversation changes nothing.
 */
export function detectLanguage({ texts, current, fallback }: LanguageCues): Language {
  const text = texts.join("\n");
  const scores = scoreLanguages(text);
  const [best, second] = [...languages].sort((a, b) => scores[b] - scores[a]);
  if (!best || !second) return fallback;
  const lead = scores[best] - scores[second];
  if (current) {
    // Three words may be a loan, "next Tuesday"; a sentence is a choice.
    const least = tokenize(text).length >= 4 ? 2 : 3;
    const isClear = best !== current && scores[best] >= least && scores[best] - scores[current] >= 1.5;
    return isClear ? best : current;
  }
  if (lead >= 0.5) return best;
  return guess(text, fallback, lead > 0 ? best : null);
}

/** How much in a text speaks for each language; 1 is one word that only this language has. */
export function scoreLanguages(text: string): Record<Language, number> {
  const scores: Record<Language, number> = { es: 0, en: 0, pt: 0 };
  for (const { word } of tokenize(text)) {
    for (const language of languages) {
      if (cues[language].has(word)) scores[language] += weak.has(word) ? 0.4 : 1;
    }
  }
  const lower = text.toLowerCase();
  if (/[ñ¿¡]/.test(lower)) scores.es += 1.5;
  if (/[ãõ]|ção|\bé\b|\bà\b|olá|você/.test(lower)) scores.pt += 1.5;
  if (/\b(la|una|sí)\b/.test(lower)) scores.es += 0.6;
  if (/ción\b|\bqué\b/.test(lower)) scores.es += 1;
  return scores;
}

/** Asks the n-gram detector; only for texts without a word that tells, where it is better than nothing. */
function guess(text: string, fallback: Language, leaning: Language | null): Language {
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  if (letters < 8) return leaning ?? fallback;
  const [best, second] = detectAll(text, { only: [...languages] });
  if (!best || best.accuracy - (second?.accuracy ?? 0) < 0.1) return leaning ?? fallback;
  return languages.find((language) => language === best.lang) ?? fallback;
}
