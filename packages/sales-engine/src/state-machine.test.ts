import assert from "node:assert/strict";
import { parseMachine, showValue, StateMachine, textIn } from "../mod.ts";
import { demoMachines } from "../testing.ts";

const machine = StateMachine.of(demoMachines.packagingWholesaler);

Deno.test("StateMachine.of() makes one machine per definition", () => {
  assert.equal(StateMachine.of(demoMachines.gym), StateMachine.of(demoMachines.gym));
  assert.notEqual(StateMachine.of(demoMachines.gym), machine);
});

Deno.test("StateMachine knows its states, arrows and ends", () => {
  assert.deepEqual(machine.states, ["greeting", "need", "handed_over", "qualify", "pitch", "quote", "close"]);
  assert.ok(machine.canMove("greeting", "need") && !machine.canMove("greeting", "quote"));
  assert.ok(machine.isFinal("handed_over") && machine.isHandOver("handed_over") && !machine.isFinal("close"));
  assert.ok(!machine.has("toString") && !machine.has("__proto__"));
  assert.throws(() => machine.state("moon"), /Cannot find state "moon" among greeting/);
});

Deno.test("StateMachine asks for fields in their declared order, whatever order a database gave the keys", () => {
  const stored = structuredClone(demoMachines.packagingWholesaler);
  for (const state of Object.values(stored.states)) {
    state.fields = Object.fromEntries(Object.entries(state.fields).reverse());
  }
  const reread = StateMachine.of(parseMachine(stored));
  assert.deepEqual(reread.missingFields("qualify", {}), ["quantity", "delivery_date"]);
  assert.deepEqual(reread.missingFields("close", { company: "Roma" }), ["tax_id"]);
  assert.deepEqual(reread.missingFields("close", { company: " ".trim(), tax_id: null }), [
    "company",
    "tax_id",
  ]);
});

Deno.test("StateMachine holds back moves forward, not moves back nor exits that may skip fields", () => {
  assert.deepEqual(machine.fieldsHoldingBack("close", "handed_over", {}), ["company", "tax_id"]);
  assert.deepEqual(machine.fieldsHoldingBack("close", "quote", {}), []);
  assert.deepEqual(machine.fieldsHoldingBack("need", "handed_over", {}), []);
});

Deno.test("StateMachine.say() fills in values and leaves out sentences that lack one", () => {
  const say = (variables: Record<string, unknown>, language: string) =>
    machine.say(
      {
        es: "¡Va! Son {quantity} {product} para el {delivery_date}. ¿Sí?",
        en: "Ok! {quantity} {product}, on {delivery_date}.",
      },
      language,
      variables,
    );
  const all = { quantity: 12500, product: "paper_cup", delivery_date: "2026-11-30" };
  assert.equal(say(all, "es"), "¡Va! Son 12.500 vasos de papel para el lunes, 30 de noviembre. ¿Sí?");
  assert.equal(say(all, "en-GB"), "Ok! 12,500 paper cups, on Monday, November 30.");
  assert.equal(say(all, "fr"), "¡Va! Son 12.500 vasos de papel para el lunes, 30 de noviembre. ¿Sí?");
  assert.equal(say({}, "es"), "¡Va! ¿Sí?");
});

Deno.test("textIn() finds the language, its sister, the fallback, or anything", () => {
  const texts = { "pt-BR": "oi", en: "hi" };
  assert.equal(textIn(texts, "pt"), "oi");
  assert.equal(textIn(texts, "en-US"), "hi");
  assert.equal(textIn(texts, "de", ["fr", "en"]), "hi");
  assert.equal(textIn(texts, "de"), "oi");
  assert.equal(textIn("hola", "de"), "hola");
});

Deno.test("showValue() writes values as customers read them", () => {
  const field = { required: false, description: "d", pii: false, order: 0 };
  assert.equal(showValue({ ...field, type: "boolean" }, true, "pt"), "sim");
  assert.equal(showValue({ ...field, type: "number" }, 0.1234, "es"), "0,1234");
  assert.equal(showValue({ ...field, type: "string" }, "Roma", "es"), "Roma");
  assert.equal(showValue({ ...field, type: "date" }, "soon", "es"), "soon");
});
