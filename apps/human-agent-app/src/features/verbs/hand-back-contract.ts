import type { HandBackProposal } from "@app/sales-engine/mod.ts";

/** What the sheet holds while a person looks it over; a part that is not chosen is not handed back. */
export interface ContractDraft {
  note: string;
  state: string;
  fields: { name: string; value: unknown; isChosen: boolean }[];
  promises: { content: string; dueAt: string; doer: "bot" | "person"; isChosen: boolean }[];
}

/** A draft in which everything that was proposed is chosen. */
export function draftOf({ note, state, fields, promises }: HandBackProposal): ContractDraft {
  return {
    note,
    state,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value, isChosen: true })),
    promises: promises.map(({ text, dueAt, doer }) => ({ content: text, dueAt, doer, isChosen: true })),
  };
}

/** The contract as `api.hand_back` takes it. A time that has passed while the sheet was open is now. */
export function contractOf({ state, fields, promises }: ContractDraft, now: Date): Record<string, unknown> {
  return {
    state,
    fields: Object.fromEntries(
      fields.filter(({ isChosen }) => isChosen).map(({ name, value }) => [name, value]),
    ),
    promises: promises.filter(({ isChosen }) => isChosen).map(({ content, dueAt, doer }) => ({
      content,
      doer,
      due_at: new Date(Math.max(Date.parse(dueAt), now.getTime())).toISOString(),
    })),
  };
}

/** The value of a `datetime-local` field for a moment, in the time of this device. */
export function toLocalInput(moment: string): string {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment that a `datetime-local` field names; `before` where it was emptied. */
export function fromLocalInput(value: string, before: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? before : date.toISOString();
}
