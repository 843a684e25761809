import assert from "node:assert/strict";
import { type Act, readActs } from "./acts.ts";

const sentences: [string, Act[], Act[]][] = [
  ["sí, dale", ["affirm"], ["negate"]],
  ["ok", ["affirm"], []],
  ["sounds good", ["affirm"], []],
  ["pode ser", ["affirm"], []],
  ["fechado", ["affirm"], []],
  ["👍", ["affirm"], []],
  ["no hay problema", ["affirm"], ["negate"]],
  ["no, todavía no", ["negate"], ["affirm"]],
  ["not really", ["negate"], []],
  ["não quero mais", ["negate", "refusal"], []],
  ["no me interesa, gracias", ["refusal"], []],
  ["¿cuánto cuesta?", ["question"], []],
  ["bueno, cuánto sale?", ["question"], ["affirm"]],
  ["do you deliver", ["question"], []],
  ["vocês entregam no sábado", ["question"], []],
  ["está un poco caro", ["objection"], []],
  ["too expensive for us", ["objection"], []],
  ["no sé", ["unsure"], []],
  ["quiero hablar con una persona", ["person"], []],
  ["can I talk to a human", ["person"], []],
  ["buenas tardes", ["greeting"], ["affirm"]],
  ["un momento, ya vuelvo", ["wait"], []],
  ["mejor que sean 600", ["correction"], []],
  ["¿eres un bot?", ["are_you_a_bot"], ["person"]],
  ["tengo una pregunta", ["may_i_ask"], []],
  ["sí, todo bien", ["affirm"], ["how_are_you"]],
];

for (const [sentence, expected, absent] of sentences) {
  Deno.test(`readActs() hears ${expected.join(" and ")} in "${sentence}"`, () => {
    const acts = readActs(sentence);

    for (const act of expected) assert.ok(acts.has(act), [...acts].join());
    for (const act of absent) assert.ok(!acts.has(act), [...acts].join());
  });
}
