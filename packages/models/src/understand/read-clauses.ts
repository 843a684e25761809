import { type Act, isOnlyCourtesy, readActs } from "./acts.ts";
import { cutAt, fold, type Piece, sentences } from "./text.ts";

/** A sentence, or the part of one that asks or states, and what it does. */
export interface Clause extends Piece {
  acts: ReadonlySet<Act>;
  isQuestion: boolean;
  /** Nothing but greetings, thanks and small talk. */
  isCourtesy: boolean;
}

const asks =
  /^(?:y |e |and |pero |but |mas )?(?:que |cual|cuant|como|donde|cuando|quien|hay |tienen|tienes|hacen|aceptan|puedo|podria|se puede|incluye|esta bien|what|which|how|where|when|who|is |are |do |does|can |could|would|will|qual|quais|quant|onde|quando|voces|vcs|tem |posso|poderia|da pra|pode ser|puede ser)/;

/**
 * Cuts a message into clauses. "I need 400 boxes, how much are they?" is a statement and a question, so that
 * facts are taken from the one and not from the other.
 */
export function readClauses(text: string): Clause[] {
  return sentences(text).flatMap((sentence) => {
    const whole = toClause(sentence);
    if (!whole.isQuestion) return [whole];
    const parts = cutAt(sentence.text, /[,;]\s+|\s+-\s+|\s+(?=(?:y|and|e)\s+(?:cu[aá]nto|how much|quanto))/g);
    if (parts.length < 2) return [whole];
    const first = parts.findIndex((part) => asks.test(fold(part.text).replace(/^[^a-z]+/, "")));
    const questionAt = first >= 0 ? first : parts.length - 1;
    return parts.map((part, index) => {
      const placed = { text: part.text, start: sentence.start + part.start, end: sentence.start + part.end };
      const clause = toClause(placed);
      return { ...clause, isQuestion: index === questionAt || clause.isQuestion };
    });
  });
}

/** "Me podrías cotizar 500 cajas?" asks politely for what "necesito" demands: it states facts. */
function isRequest(text: string): boolean {
  return /\b(?:(?:podrias?|puedes|puede|me) (?:dar(?:me)? (?:el |un )?(?:precio|presupuesto)|cotizar(?:me)?|pasar(?:me)? (?:el |un )?(?:precio|presupuesto|cotizacion)|cotizas)|(?:can|could) you (?:please )?(?:quote|price|send me a quote|give me a (?:quote|price))|can i (?:get|have|order)|(?:pode|poderia) (?:me )?(?:cotar|orcar|passar (?:o |um )?(?:preco|orcamento)))\b/
    .test(fold(text)) && /\d|\p{L}{3,}.*\p{L}{3,}.*\p{L}{3,}/u.test(text);
}

function toClause(piece: Piece): Clause {
  const acts = readActs(piece.text);
  const isCourtesy = isOnlyCourtesy(piece.text);
  return {
    ...piece,
    acts,
    isCourtesy,
    isQuestion: acts.has("question") && !isCourtesy && !isRequest(piece.text),
  };
}
