import type { FieldProfile } from "../field-profile.ts";
import type { MessageReading } from "../message-reading.ts";
import { fold } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

const rest = "([^,;!?\\n]{2,60})";

/** Ways to name one's company; the first are certain, of the second the name must begin with a capital. */
const intros: readonly { pattern: RegExp; needsCapital: boolean }[] = [
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:(?:mi|nuestra|la|my|our|the|minha|nossa|a) (?:empresa|compañ[ií]a|negocio|restaurante|tienda|company|business|companhia|firma|loja|restaurant|shop) (?:se llama|es|is called|is named|is|se chama|chama-se|é)|(?:soy|somos|escribo|vengo|hablo|le escribo|sou|falo) (?:de|da) (?:la |el |a |o )?(?:empresa|compañ[ií]a|negocio|firma|companhia|restaurante|tienda|loja)|(?:de la|da|for the|a nombre de la|para la) empresa|(?:company|empresa|compañ[ií]a|business)(?: name)?:|(?:trabajo|trabalho) (?:en|para|na|no|em)|i (?:work|am working) (?:for|at)|i represent|represento (?:a )?)\\s+(?:a |la |el )?${rest}`,
      "giu",
    ),
    needsCapital: false,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:(?:soy|somos|escribo|te escribo|le escribo|hablo) (?:\\p{Lu}[\\p{L}]+ )?(?:de|del|desde)|(?:i'm|i am|we are|we're|this is|it's|writing|calling|hi|hello)(?: \\p{Lu}[\\p{L}]+){0,2} from|(?:sou|somos|falo|aqui é)(?: [oa])?(?: \\p{Lu}[\\p{L}]+){0,2} d[aoe]|(?:we are|we're|somos)|(?:me llamo|my name is|meu nome é|me chamo|soy|i'm|sou [oa]?)(?: \\p{Lu}[\\p{L}]+){1,3},? (?:de|del|from|with|da|do))\\s+(?:la |el |the |a |o )?${rest}`,
      "gu",
    ),
    needsCapital: true,
  },
];

const legalForm =
  /((?:\p{Lu}[\p{L}\p{N}&.'-]*\s+){1,4}(?:S\.?A\.?C?\.?|S\.?R\.?L\.?|S\.?A\.?S\.?|Inc\.?|LLC|Ltda?\.?|GmbH|S\.A\. de C\.V\.|EIRL|Corp\.?|S\/A|ME|EPP)(?!\p{L}))/gu;
const ends =
  /\s+(?:y|e|and|que|necesit\w+|quier\w+|quisier\w+|busco|buscamos|precis\w+|quer\w+|para|for|we|i|nos|con|com|gracias|thanks|looking|need|want|entrega\w*|mi|my|meu|ruc|nit|rfc|cnpj|vat|tax|in|en|em)\b.*$/i;

/** Names of companies, when people say where they come from. */
export function readCompany(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const found = intros.flatMap(({ pattern, needsCapital }) =>
    [...lowerOpeners(reading.text).matchAll(pattern)].flatMap((match): Candidate[] => {
      const said = match[1];
      if (!said || needsCapital && !/^["']?[\p{Lu}\d]/u.test(said)) return [];
      const name = trimCompany(said);
      if (name.length < 2) return [];
      const start = match.index + match[0].length - said.length;
      return [{
        value: name,
        start,
        end: start + name.length,
        strength: (focus.isAsked ? 4 : 2) + (needsCapital ? 0 : 0.5),
      }];
    })
  );
  if (found.length > 0) return found;
  return [...reading.text.matchAll(legalForm)].map((match) => ({
    value: match[0].trim(),
    start: match.index,
    end: match.index + match[0].length,
    strength: focus.isAsked ? 4 : 2,
  }));
}

const openers =
  /(?<!\p{L})(?:Soy|Somos|Escribo|Te|Le|Hablo|I'm|I am|We|We're|This|It's|Writing|Calling|Hi|Hello|Sou|Falo|Aqui|Me|My|Meu)(?!\p{L})/gu;

/** "Soy de" begins a message as often as "soy de", while the name after it must keep its capital. */
function lowerOpeners(text: string): string {
  return text.replace(openers, (opener) => opener.toLowerCase());
}

function trimCompany(said: string): string {
  const folded = fold(said);
  const end = ends.exec(folded)?.index ?? said.length;
  return said.slice(0, end).replace(/\.\s.*$/, (tail) => /^\.\s\p{Lu}/u.test(tail) ? "" : tail)
    .replace(/^["']|["'.]+$/g, (quote, offset: number) => offset === 0 ? "" : quote.replace(/["']/g, ""))
    .trim();
}
