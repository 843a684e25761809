import assert from "node:assert/strict";
import { contractOf, draftOf, fromLocalInput, toLocalInput } from "./hand-back-contract.ts";

const proposal = {
  note: "Agreed",
  state: "pay",
  fields: { size: "large", mail: "ana@caja.bo" },
  promises: [
    { text: "Le llamo", dueAt: "2026-12-01T13:00:00.000Z", doer: "person" as const },
    { text: "Te escribo", dueAt: "2026-12-02T13:00:00.000Z", doer: "bot" as const },
  ],
};
const now = new Date("2026-11-30T12:00:00Z");

Deno.test("contractOf() hands back everything that was proposed when nobody changes it", () => {
  assert.deepEqual(contractOf(draftOf(proposal), now), {
    state: "pay",
    fields: { size: "large", mail: "ana@caja.bo" },
    promises: [
      { content: "Le llamo", doer: "person", due_at: "2026-12-01T13:00:00.000Z" },
      { content: "Te escribo", doer: "bot", due_at: "2026-12-02T13:00:00.000Z" },
    ],
  });
});

Deno.test("contractOf() leaves out what was not chosen", () => {
  const draft = draftOf(proposal);
  draft.fields[0]!.isChosen = false;
  draft.promises[1]!.isChosen = false;
  const contract = contractOf(draft, now);
  assert.deepEqual(contract.fields, { mail: "ana@caja.bo" });
  assert.equal((contract.promises as unknown[]).length, 1);
});

Deno.test("contractOf() makes a promise that fell due meanwhile due now", () => {
  const [promise] = contractOf(draftOf(proposal), new Date("2026-12-01T14:00:00Z")).promises as {
    due_at: string;
  }[];
  assert.equal(promise?.due_at, "2026-12-01T14:00:00.000Z");
});

Deno.test("fromLocalInput() reads what toLocalInput() wrote, and keeps the time of an emptied field", () => {
  const moment = "2026-12-01T13:00:00.000Z";
  assert.equal(fromLocalInput(toLocalInput(moment), ""), moment);
  assert.equal(fromLocalInput("", moment), moment);
});
