import { hasValue } from "@app/sales-engine/mod.ts";
import { isContentWord } from "./concepts.ts";
import type { FieldProfile } from "./field-profile.ts";
import type { MessageReading } from "./message-reading.ts";
import { strip } from "./read-field/read-plain-answer.ts";
import { tokenize } from "./text.ts";

/** Longest story that is kept, in characters. */
const longestStory = 900;

/**
 * "Tuve un choque ayer con mi carro" answers the question for what happened before it is asked, and what is told
 * later, while something else was asked, belongs to it as well.
 *
 * @param asked The field that the bot asked for.
 * @param known Values from before, and those that this message gave.
 * @param hasGained This message gave other values.
 */
export function volunteeredStory(
  reading: MessageReading,
  profiles: ReadonlyMap<string, FieldProfile>,
  asked: string | null,
  known: Record<string, unknown>,
  hasGained: boolean,
): { profile: FieldProfile; value: string } | null {
  const profile = [...profiles.values()].find(({ topic, field, name }) =>
    topic === "story" && field.type === "string" && name !== asked
  );
  if (!profile) return null;
  const before = hasValue(known, profile.name) ? String(known[profile.name]) : "";
  if (before === "" ? asked !== null || !profile.field.required : hasGained) return null;
  const told = reading.clauses.filter(({ text, acts, isQuestion, isCourtesy }) => {
    const isFact = !isQuestion && !isCourtesy && !acts.has("person") && !acts.has("refusal") &&
      !acts.has("objection");
    return isFact && tokenize(text).filter((token) => isContentWord(token.word)).length >= 4;
  });
  const text = told.map((clause) => strip(clause.text)).join(" ");
  if (text === "" || before.length + text.length > longestStory) return null;
  return { profile, value: before === "" ? text : `${before}. ${text}` };
}
