import type { FieldDefinition } from "../machine-definition.ts";
import { findPhrase, plainWords } from "../plain-words.ts";
import { optionsOf } from "../show-value.ts";
import type { SnapshotMessage } from "../snapshot.ts";
import { validateField } from "../validate-field.ts";

const emails = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;

/**
 * Values that the customer gave to a person in so many words: an address, or exactly one of a field's options. What
 * could mean two things is left to the person.
 */
export function findSpokenFields(
  messages: SnapshotMessage[],
  fields: ReadonlyMap<string, FieldDefinition>,
  known: Record<string, unknown>,
): Record<string, unknown> {
  const said = messages.filter(({ from }) => from === "contact").map(({ content }) => content);
  const found: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    if (known[name] !== undefined && known[name] !== null) continue;
    const candidates = candidatesFor(field, said);
    const [only] = candidates;
    if (candidates.size !== 1 || only === undefined) continue;
    const verdict = validateField(field, only);
    if (verdict.isValid) found[name] = verdict.value;
  }
  return found;
}

function candidatesFor(field: FieldDefinition, said: string[]): Set<string> {
  if (field.type === "email") return new Set(said.flatMap((text) => text.toLowerCase().match(emails) ?? []));
  if (field.type !== "enum") return new Set();
  const words = said.map(plainWords);
  return new Set(
    optionsOf(field)
      .filter(({ value, aliases }) =>
        [value, ...aliases].some((one) => words.some((text) => findPhrase(text, plainWords(one)) >= 0))
      )
      .map(({ value }) => value),
  );
}
