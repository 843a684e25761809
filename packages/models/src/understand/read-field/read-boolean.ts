import { isAlike } from "../concepts.ts";
import type { FieldProfile } from "../field-profile.ts";
import type { MessageReading } from "../message-reading.ts";
import { tokenize } from "../text.ts";
import type { Candidate, Focus } from "./candidate.ts";

const vague =
  /^(?:needs?|has|have|is|wants?|necesita|quiere|tiene|precisa|quer|tem|confirmed?|required?|accepts?|was|were|any|should|can|do|does|first|already)$/;
const negation =
  /\b(?:no|not|don't|doesn't|dont|didn't|wasn't|without|sin|nao|sem|ningun[oa]?|nenhum[a]?|none|never|nunca)\b/;

/** Yes and no to the question that was asked, or a statement that uses the words of the field's name. */
export function readBoolean(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const own = profile.nameWords.filter((word) => !vague.test(word));
  return reading.clauses.flatMap((clause): Candidate[] => {
    if (clause.isQuestion || clause.isCourtesy) return [];
    const { start, end } = clause;
    const words = tokenize(clause.text).map((token) => token.word);
    const isNamed = own.length > 0 && own.every((word) => words.some((said) => isAlike(word, said)));
    if (focus.isAsked) {
      const [first] = tokenize(clause.text);
      const span = { start, end: start + (first?.end ?? end - start) };
      if (clause.acts.has("negate")) return [{ value: false, ...span, strength: 3 }];
      if (clause.acts.has("affirm")) return [{ value: true, ...span, strength: 3 }];
    }
    if (!isNamed) return [];
    return [{
      value: !negation.test(words.join(" ")),
      start,
      end: start,
      strength: focus.isAsked ? 2.5 : 1.2,
    }];
  });
}
