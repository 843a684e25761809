import assert from "node:assert/strict";
import { buildMessage, buildSnapshot, demoMachines } from "@app/sales-engine/testing.ts";
import { proposal, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { propose } from "./propose.ts";

const asked = buildMessage({
  id: "bot",
  from: "bot",
  content: "¿Cuántas unidades necesitas? El mínimo es 100.",
});

function snapshot(changes: Partial<Pick<TurnSnapshot, "cause" | "pending">>): TurnSnapshot {
  return buildSnapshot(demoMachines.packagingWholesaler, {
    history: [buildMessage({ content: "necesito bolsas kraft" }), asked],
    session: { state: "qualify", variables: { product: "kraft_bag" }, turnsInState: 3, language: "es" },
    pending: [],
    ...changes,
  });
}

for (const cause of ["follow_up", "hand_back", "promise", "delivery_failed"] as const) {
  Deno.test(`propose() takes the thread up again after ${cause}, without a step`, () => {
    const proposed = proposal.parse(propose(snapshot({ cause })));

    assert.equal(proposed.transition, null);
    assert.deepEqual(proposed.fields, {});
    assert.match(proposed.replies.map(({ text }) => text).join(" "), /[Cc]uántas unidades/);
    assert.notEqual(proposed.replies[0]?.text, asked.content);
    assert.ok(proposed.confidence >= 0.5);
  });
}

Deno.test("propose() asks for words instead of a voice note, and for nothing else", () => {
  const note = buildMessage({ id: "note", type: "audio", content: "", durationMs: 12_000 });
  const proposed = propose(snapshot({ pending: [note] }));

  assert.equal(proposed.replies.length, 1);
  assert.match(proposed.replies[0]?.text ?? "", /audio/);
  assert.equal(proposed.replies[0]?.text.match(/\?/g)?.length, 1);
  assert.ok(proposed.confidence < 0.5);
});

Deno.test("propose() thanks for a place on the map and goes on", () => {
  const place = buildMessage({ id: "place", type: "location", content: "" });
  const proposed = propose(snapshot({ pending: [place] }));

  assert.match(proposed.replies.map(({ text }) => text).join(" "), /ubicación.*unidades/);
  assert.ok(proposed.confidence >= 0.5);
});

Deno.test("propose() reads a voice note's neighbour in the same burst", () => {
  const note = buildMessage({ id: "note", type: "audio", content: "", durationMs: 12_000 });
  const words = buildMessage({ id: "words", seq: 2, content: "unas cuatrocientas" });
  const proposed = propose(snapshot({ pending: [note, words] }));

  assert.deepEqual(proposed.fields, { quantity: 400 });
  assert.match(proposed.replies[0]?.text ?? "", /audio/);
});
