import assert from "node:assert/strict";
import fc from "fast-check";
import { InvalidInput } from "@app/contracts/mod.ts";
import { type Choice, offerChoices } from "./offer-choices.ts";
import { toGraphMessage } from "./to-graph-message.ts";

const words = { openList: "Ver opciones" };

Deno.test("offerChoices() offers three short ones as buttons", () => {
  const buttons = named("Sí", "No", "Después");
  assert.deepEqual(offerChoices("¿Seguimos?", buttons, words), [{
    type: "buttons",
    text: "¿Seguimos?",
    buttons,
  }]);
});

Deno.test("offerChoices() offers up to ten, or what needs more room, as a list", () => {
  const four = named("10", "12", "14", "16");
  const longer = named("Entrega el mismo día", "Entrega al día siguiente");
  const described: Choice[] = [{ id: "a", title: "Caja", description: "De 10 pulgadas" }];
  for (const choices of [four, longer, described]) {
    assert.deepEqual(offerChoices("¿Cuál?", choices, words), [{
      type: "list",
      text: "¿Cuál?",
      button: "Ver opciones",
      sections: [{ rows: choices }],
    }]);
  }
});

Deno.test("offerChoices() offers the rest as numbered text", () => {
  const eleven = named(..."abcdefghijk");
  const [message] = offerChoices("¿Cuál?", eleven, words);
  assert.deepEqual(message, {
    type: "text",
    text: `¿Cuál?\n${eleven.map(({ title }, index) => `${index + 1}. ${title}`).join("\n")}`,
  });
  const tooLong: Choice[] = [{ id: "a", title: "x".repeat(25), description: "hoy" }, {
    id: "b",
    title: "No",
  }];
  assert.deepEqual(offerChoices("¿Cuál?", tooLong, words), [{
    type: "text",
    text: `¿Cuál?\n1. ${"x".repeat(25)} — hoy\n2. No`,
  }]);
});

Deno.test("offerChoices() never offers two that look alike as buttons", () => {
  const [message] = offerChoices("¿Cuál?", named("Sí", "Sí "), words);
  assert.equal(message?.type, "text");
});

Deno.test("offerChoices() puts a text that is too long before its choices", () => {
  const messages = offerChoices("Una frase algo larga. ".repeat(60), named("Sí", "No"), words);
  assert.deepEqual(messages.map(({ type }) => type), ["text", "buttons"]);
});

Deno.test("offerChoices() refuses to offer without a word", () => {
  assert.throws(() => offerChoices(" ", named("Sí"), words), InvalidInput);
});

Deno.test("offerChoices() makes nothing that Graph refuses", () => {
  const choice = fc.record({
    id: fc.string({ maxLength: 260 }),
    title: fc.string({ maxLength: 30 }),
    description: fc.option(fc.string({ maxLength: 90 }), { nil: undefined }),
  }, { requiredKeys: ["id", "title"] });
  const text = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom("hola ".repeat(300), "x".repeat(9000), "a\n\n".repeat(2000)),
  );
  const anyChoices = fc.array(choice, { maxLength: 14 });
  const anyWords = fc.record({ openList: fc.string({ maxLength: 25 }) });
  fc.assert(
    fc.property(text, anyChoices, anyWords, (text, choices, words) => {
      fc.pre(text.trim() !== "");
      for (const content of offerChoices(text, choices, words)) {
        toGraphMessage(content, { kind: "phone", externalId: "5215512345678" }, { callbackData: "x" });
      }
    }),
    { numRuns: 1_000 },
  );
});

function named(...titles: string[]): Choice[] {
  return titles.map((title, index) => ({ id: `${index}`, title }));
}
