import assert from "node:assert/strict";
import { giveUp, type LanguageModel, runTurn } from "../mod.ts";
import { buildMessage, buildProposal, buildSnapshot, demoMachines, scriptedModel } from "../testing.ts";

const machine = demoMachines.packagingWholesaler;
const clock = { nowMs: () => 0 };

Deno.test("runTurn() asks the model once and turns its proposal into a decision", async () => {
  const model = scriptedModel(buildProposal({ transition: "need", fields: { quantity: "400" } }));
  const result = await runTurn(buildSnapshot(machine), { model, clock });
  assert.equal(model.calls.length, 1);
  assert.equal(result.decision, "auto_answer");
  assert.deepEqual([result.fromState, result.toState], ["greeting", "need"]);
  assert.deepEqual(result.fields, { quantity: 400 });
  assert.deepEqual(result.model, {
    name: "scripted",
    calls: 1,
    inputTokens: 100,
    cachedTokens: 80,
    outputTokens: 20,
    costUsd: 0.001,
  });
});

Deno.test("runTurn() gives the same result for the same snapshot, and leaves the snapshot alone", async () => {
  const snapshot = buildSnapshot(machine, { session: { state: "need", variables: { quantity: 7 } } });
  const before = structuredClone(snapshot);
  const model = scriptedModel(buildProposal({ fields: { product: "vasos" }, transition: "qualify" }));
  const first = await runTurn(snapshot, { model, clock });
  assert.deepEqual(await runTurn(snapshot, { model, clock }), first);
  assert.deepEqual(snapshot, before);
  assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
});

Deno.test("runTurn() tells the model what was wrong when it asks for a repair", async () => {
  const model = scriptedModel([{ replies: "none" }, buildProposal()]);
  const result = await runTurn(buildSnapshot(machine), { model, clock });
  assert.equal(model.calls[0]?.complaint, undefined);
  assert.match(model.calls[1]?.complaint ?? "", /replies: .*transition: /);
  assert.deepEqual([result.model.calls, result.model.inputTokens, result.isFailed], [2, 200, false]);
});

Deno.test("runTurn() takes an answer that is JSON text", async () => {
  const model = scriptedModel([JSON.stringify(buildProposal({ intent: "text" }))]);
  assert.equal((await runTurn(buildSnapshot(machine), { model, clock })).intent, "text");
});

Deno.test("runTurn() answers safely after two answers of nonsense, or when the repair fails", async () => {
  for (const second of ["nonsense", new Error("connection reset")]) {
    const model = scriptedModel(["nonsense", second]);
    const result = await runTurn(buildSnapshot(machine), { model, clock });
    assert.deepEqual([result.decision, result.isFailed, result.toState, result.model.calls], [
      "clarify",
      true,
      "greeting",
      2,
    ]);
    assert.equal(result.replies[0]?.text, "Perdona, no te entendí bien. ¿Me lo dices de otra manera?");
    assert.match(
      result.evidence.error ?? "",
      second instanceof Error ? /connection reset/ : /does not fit the schema/,
    );
  }
});

Deno.test("runTurn() asks for no repair when the deadline is near", async () => {
  let nowMs = 0;
  const model = scriptedModel(() => {
    nowMs += 9_000;
    return "nonsense";
  });
  const result = await runTurn(buildSnapshot(machine), {
    model,
    clock: { nowMs: () => nowMs },
    deadlineMs: 10_000,
  });
  assert.equal(model.calls.length, 1);
  assert.equal(model.calls[0]?.deadlineMs, 10_000);
  assert.equal(result.isFailed, true);
});

Deno.test("runTurn() throws what the model throws at first, so that the turn is tried again", async () => {
  const model = scriptedModel(new Error("overloaded"));
  await assert.rejects(runTurn(buildSnapshot(machine), { model, clock }), /overloaded/);
});

Deno.test("runTurn() ends at once when it is aborted, even if the model does not listen", async () => {
  const deaf: LanguageModel = { name: "deaf", complete: () => new Promise(() => {}) };
  const controller = new AbortController();
  const turn = runTurn(buildSnapshot(machine), { model: deaf, clock, signal: controller.signal });
  controller.abort(new Error("superseded"));
  await assert.rejects(turn, /superseded/);
  await assert.rejects(
    runTurn(buildSnapshot(machine), { model: deaf, clock, signal: controller.signal }),
    /superseded/,
  );
});

Deno.test("runTurn() is aborted during the repair, too", async () => {
  const controller = new AbortController();
  const model = scriptedModel(({ complaint }) => {
    if (complaint === undefined) return "nonsense";
    controller.abort(new Error("superseded"));
    return new Error("cancelled by the caller");
  });
  await assert.rejects(
    runTurn(buildSnapshot(machine), { model, clock, signal: controller.signal }),
    /superseded/,
  );
});

Deno.test("runTurn() passes to a person without a model, and says what is known", async () => {
  const model = scriptedModel(new Error("the model is down"));
  const snapshot = buildSnapshot(machine, {
    session: { state: "qualify", variables: { product: "paper_cup", quantity: 1500 } },
    pending: [buildMessage({ content: "hola?" }), buildMessage({ content: "quiero hablar con un asesor" })],
  });
  const result = await runTurn(snapshot, { model, clock });
  assert.equal(model.calls.length, 0);
  assert.deepEqual([result.decision, result.toState, result.isFailed], ["escalate", "qualify", false]);
  assert.equal(
    result.escalation?.summary,
    "Etapa: qualify\nYa sabemos: product vasos de papel, quantity 1500\nÚltimo mensaje: quiero hablar con un asesor",
  );
});

Deno.test("runTurn() does not take words of the bot or of a colleague for a wish of the customer", async () => {
  const pending = [buildMessage({ from: "agent", content: "te paso con un asesor" })];
  const result = await runTurn(buildSnapshot(machine, { pending }), {
    model: scriptedModel(buildProposal()),
    clock,
  });
  assert.equal(result.decision, "auto_answer");
});

Deno.test("runTurn() starts over, on record, when the session's state is gone from the machine", async () => {
  const snapshot = buildSnapshot(machine, { session: { state: "removed" } });
  const result = await runTurn(snapshot, {
    model: scriptedModel(buildProposal({ transition: "need" })),
    clock,
  });
  assert.deepEqual([result.fromState, result.toState], ["greeting", "need"]);
  assert.equal(result.evidence.refusals[0]?.value, "removed");
});

Deno.test("giveUp() calls a person and keeps the error", () => {
  const result = giveUp(buildSnapshot(machine, { session: { language: "pt" } }), "5 attempts");
  assert.deepEqual([result.decision, result.escalation?.category, result.escalation?.urgency], [
    "escalate",
    "failure",
    "high",
  ]);
  assert.deepEqual([result.isFailed, result.evidence.error, result.model.calls], [true, "5 attempts", 0]);
  assert.match(result.replies[0]?.text ?? "", /^Vou te passar/);
});
