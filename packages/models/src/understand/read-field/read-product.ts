import type { FieldProfile } from "../field-profile.ts";
import { clauseAt, type MessageReading } from "../message-reading.ts";
import { fold } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

const needs =
  /\b(?:necesit(?:o|amos|aria|ariamos)|quiero|queremos|quisier(?:a|amos)|busco|buscamos|ando buscando|me interesan?|nos interesan?|i(?:'d| would) like|i need|we need|i want|we want|i'm looking for|we(?:'re| are) looking for|looking for|interested in|preciso de|preciso|precisamos de|precisamos|quero|queria|gostaria de|gostariamos de|procuro|estou procurando|tenho interesse em)\s+/g;
const leadIn =
  /^(?:(?:a |to |de )?(?:comprar|cotizar|pedir|ordenar|encargar|hacer un pedido de|un presupuesto (?:para|de)|una cotizacion (?:para|de)|conseguir|contratar|buy|order|get|purchase|book|a quote (?:for|on)|cotar|encomendar|fazer um pedido de|um orcamento (?:para|de)) )?(?:(?:unas?|unos|some|algun[oa]s?|algum[a]?s?|uns|umas?|about|around|como|cerca de|aproximadamente|a|an|the|el|la|los|las|os|as) )*(?:de )?/;
const end =
  /(?:[.,;!?\n]|\s(?:para (?:el|la|mi|nuestr|manana|hoy|este|esta|lo|o|a|amanha|hoje|minha|meu|dia)\b|pra\b|for (?:my|our|next|tomorrow|the|today|this|an? \w+ (?:on|in))\b|by (?:next|the|tomorrow|\w+day)\b|porque|because|pero|but|mas|y (?:necesit|quier|me|soy|somos|mi|es|son|que)|and (?:i|we|my|it)\b|e (?:preciso|sou|meu|quero)|con entrega|entregad|soy |somos |i'm |please|por favor|gracias|thanks|obrigad|lo antes|cuanto antes|asap|o quanto antes)).*$/;
const notProducts =
  /^(?:saber|info\w*|ayuda|hablar|falar|help|(?:to )?(?:know|talk|speak|see|ask)|ver|una? (?:persona|asesor|humano|pregunta|consulta|cotizacion|presupuesto|demo|cita)|alguien|que |person|ajuda|mas |more |algo|something|esto|eso|isso|that|this|it|lo|la|te|me|no|nada|pensar|think|pagar|pay|reunir|agendar|schedule|reservar|book|marcar|visitar|visit|seguro|sim|si|yes)\b/;

/** What somebody says to need: the words after "necesito", "I need", "preciso de", up to where or when. */
export function readProduct(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return [...reading.folded.matchAll(needs)].flatMap((match): Candidate[] => {
    const from = match.index + match[0].length;
    const isRefused = /\b(?:no|nao|not|don't|ya no|tampoco)(?: me| nos)? $/.test(
      reading.folded.slice(0, match.index),
    );
    if (isRefused || clauseAt(reading, match.index)?.isQuestion) return [];
    const phrase = toPhrase(reading, from);
    if (!phrase) return [];
    return [{ ...phrase, strength: focus.isAsked ? 3.5 : 1.6 }];
  });
}

/** The thing that is named from an offset on, without number, article and what follows it. */
export function toPhrase(
  reading: MessageReading,
  from: number,
): { value: string; start: number; end: number } | null {
  let start = from;
  const skip = (pattern: RegExp) => {
    const found = pattern.exec(reading.folded.slice(start))?.[0] ?? "";
    start += found.length;
  };
  skip(/^\s+/);
  skip(leadIn);
  const number = reading.numbers.find((mention) =>
    (mention.kind === "plain" || mention.kind === "article") && mention.start >= start - 4 &&
    mention.start <= start
  );
  if (number && number.end > start) {
    start = number.end;
    skip(/^\s*/);
    skip(/^(?:(?:unidades|units|piezas|pieces|pzas) )?(?:de |of )?/);
  }
  let stop = start + reading.folded.slice(start).replace(end, "").length;
  for (const date of [...reading.dates, ...reading.times]) {
    if (date.start >= start && date.start < stop) stop = date.start;
  }
  const value = reading.text.slice(start, stop).trim()
    .replace(
      /\s+(?:para|for|el|la|los|las|on|by|the|em|no|na|o|a|de|en|pra|do|da|y|and|e)(?:\s+(?:el|la|o|a|the))?$/i,
      "",
    );
  const plain = fold(value);
  if (value.length < 2 || value.length > 120 || notProducts.test(plain) || !/\p{L}{3}/u.test(value)) {
    return null;
  }
  return { value, start, end: start + value.length };
}
