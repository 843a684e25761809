import assert from "node:assert/strict";
import { type ApprovedAnswer, suggestReply } from "./suggest-reply.ts";

const answers: ApprovedAnswer[] = [
  {
    variants: ["¿Cuánto tarda el envío?", "¿En cuántos días llega el pedido?"],
    answers: { es: "Tres días hábiles.", pt: "Três dias úteis." },
  },
  { variants: ["¿Aceptan tarjeta?"], answers: { es: "Sí, todas." } },
];

Deno.test("suggestReply() finds the approved answer of a question that is asked in other words, without accents", () => {
  assert.equal(suggestReply("hola! cuanto tarda el envio?", "es", answers), "Tres días hábiles.");
});

Deno.test("suggestReply() answers in the contact's language, and in the one it has where that is missing", () => {
  assert.equal(suggestReply("¿Cuánto tarda el envío?", "pt-BR", answers), "Três dias úteis.");
  assert.equal(suggestReply("aceptan tarjeta", "en", answers), "Sí, todas.");
});

Deno.test("suggestReply() says nothing where nothing is like enough", () => {
  assert.equal(suggestReply("quiero hablar con una persona", "es", answers), null);
  assert.equal(suggestReply("👍", null, answers), null);
  assert.equal(suggestReply("¿Aceptan tarjeta?", "es", []), null);
});
