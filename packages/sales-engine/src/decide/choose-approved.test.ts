import assert from "node:assert/strict";
import { type ApprovedVariant, chooseApproved, likeness } from "../../mod.ts";

const variant = (
  answerId: string,
  text: string,
  answers: Record<string, string>,
  cosine: number | null = 0,
): ApprovedVariant => ({ answerId, text, answers, cosine });

const hours = { es: "Abrimos a las 9.", "pt-BR": "Abrimos às 9." };

Deno.test("chooseApproved() takes the answer whose wording and vector are nearest, in the customer's language", () => {
  const variants = [
    variant("a", "¿A qué hora abren?", hours, 0.99),
    variant("b", "¿Hacen envíos?", { es: "Sí, a todo el país." }, 0.3),
  ];
  assert.deepEqual(chooseApproved("a que hora abren", "es-BO", variants, 0.9), {
    match: { id: "a", score: 1, text: "Abrimos a las 9." },
    contradictedIds: [],
  });
  assert.equal(chooseApproved("a que hora abren", "pt", variants, 0.9).match?.text, "Abrimos às 9.");
  assert.deepEqual(chooseApproved("a que hora abren", "de", variants, 0.9), {
    match: null,
    contradictedIds: [],
  });
});

Deno.test("chooseApproved() sends neither of two answers that contradict each other", () => {
  const other = { es: "Abrimos a las 10." };
  const variants = [
    variant("a", "¿A qué hora abren?", hours, 1),
    variant("b", "¿A qué hora abren?", other, 1),
  ];
  const both = chooseApproved("a que hora abren", "es", variants, 0.9);
  assert.deepEqual(both, { match: null, contradictedIds: ["a", "b"] });
  const same = [variants[0], variant("b", "¿A qué hora abren?", { es: "¡Abrimos a las 9!" }, 1)]
    .filter((one) => one !== undefined);
  assert.equal(chooseApproved("a que hora abren", "es", same, 0.9).match?.id, "a");
  const far = [
    variant("a", "¿A qué hora abren?", hours, 1),
    variant("b", "¿A qué hora abren hoy?", other, 0.8),
  ];
  assert.equal(chooseApproved("a que hora abren", "es", far, 0.9).match?.id, "a");
});

Deno.test("likeness() needs words and vector together, and keeps numbers and negations apart", () => {
  const asked = "¿Cuánto cuesta el plan para 30 personas?";
  assert.equal(likeness(asked, { text: "cuanto cuesta el plan para 30 personas", cosine: null }), 1);
  assert.equal(likeness(asked, { text: "¿Cuánto sale el plan para 30 personas?", cosine: null }), 0);
  assert.ok(likeness(asked, { text: "¿Cuánto sale el plan para 30 personas?", cosine: 0.97 }) > 0.9);
  assert.ok(likeness(asked, { text: "¿Cuánto cuesta el plan para 300 personas?", cosine: 0.99 }) < 0.7);
  assert.ok(likeness("hacen envíos", { text: "no hacen envíos", cosine: 0.99 }) < 0.7);
  assert.ok(likeness("Where is my order", { text: "¿Dónde está mi pedido?", cosine: 0.95 }) < 0.6);
  assert.equal(likeness("🙂", { text: "¿Hola?", cosine: 1 }), 0);
});
