import { isQuestionInWords } from "../acts.ts";
import { isAlike, isContentWord } from "../concepts.ts";
import type { FieldProfile } from "../field-profile.ts";
import { clauseAt, type MessageReading } from "../message-reading.ts";
import { tokenize } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

const tentative =
  /\b(?:puede ser|podria ser|seria posible|se puede|can (?:it|we|you|i)|could|would|works?|pode ser|poderia ser|da pra|puedo|podemos|posso|que tal|how about|what about)\b/;

/** "Can I come on Monday?" tells a wish, while "can you deliver on Monday?" only asks. */
const wishes =
  /\b(?:can|could|may) (?:i|we)\b|\b(?:puedo|podemos|podria|podriamos|posso|podemos|puede ser|pode ser)\b/;

/** Days for a date field. "¿Puede ser el martes?" counts as an answer, "¿abren el martes?" does not. */
export function readDateField(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const mentions = profile.isPast ? reading.pastDates : reading.dates;
  return mentions.flatMap(({ date, start, end }, index) => {
    const clause = clauseAt(reading, start);
    const isProposal = tentative.test(reading.folded) ||
      reading.tokens.length <= 4 && !isQuestionInWords(clause?.text ?? "");
    const isWish = wishes.test(reading.folded) && focus.isOnly && !focus.isKnown;
    const isUsable = !clause?.isQuestion || focus.isAsked && isProposal || isWish;
    if (clause?.acts.has("chitchat") || !isUsable) return [];
    const before = tokenize(reading.text.slice(Math.max(0, start - 40), start)).map((token) => token.word);
    const isNamed = before.some((word) =>
      isContentWord(word) && profile.words.some((own) => isAlike(own, word))
    );
    const isInOrder = mentions.length > 1 && index === focus.place;
    const strength = (focus.isAsked ? 3 : 0) + (focus.isOnly ? 2 : isInOrder ? 1.2 : 0.8) +
      (isNamed ? 1 : 0) +
      (focus.isCurrent ? 0.5 : 0);
    return [{ value: date, start, end, strength }];
  });
}

/** Times of day for a field about the time. */
export function readTimeField(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const found: Candidate[] = reading.times.flatMap(({ time, start, end }) => {
    const clause = clauseAt(reading, start);
    if (
      clause?.isQuestion && !(focus.isAsked && (tentative.test(reading.folded) || reading.tokens.length <= 5))
    ) {
      return [];
    }
    return [{ value: time, start, end, strength: (focus.isAsked ? 3 : 0) + 2 }];
  });
  const [only] = reading.numbers.filter((number) =>
    number.kind === "plain" && !clauseAt(reading, number.start)?.isQuestion
  );
  if (found.length === 0 && focus.isAsked && only && reading.tokens.length <= 5 && only.value <= 24) {
    const hour = only.value >= 1 && only.value <= 7 ? only.value + 12 : only.value;
    if (Number.isInteger(hour) && profile.field.type === "string") {
      found.push({
        value: `${String(hour).padStart(2, "0")}:00`,
        start: only.start,
        end: only.end,
        strength: 2.5,
      });
    }
  }
  return found;
}
