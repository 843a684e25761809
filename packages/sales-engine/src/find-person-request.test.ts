import assert from "node:assert/strict";
import { findPersonRequest } from "../mod.ts";

function languageOf(text: string): string | null {
  return findPersonRequest(text, [], "es")?.language ?? null;
}

const asked: Record<string, string[]> = {
  es: [
    "quiero hablar con una persona",
    "Quisiera hablar con alguien por favor",
    "me pasas con un asesor?",
    "ASESOR!!!",
    "un humano porfa",
    "no quiero cajas, quiero hablar con una persona",
    "umano",
    "necesito un agente",
    "no quiero hablar con un bot",
    "puedo hablar con una persna real?",
    "hay alguna persona real ahí?",
    "pásame con el encargado",
    "¿Me puede atender alguien?",
    "atención al cliente",
    "que me atienda una persona",
    "comuníqueme con un representante ya mismo",
  ],
  en: [
    "can I talk to a human",
    "I want to speak to someone",
    "representative",
    "let me talk to a real person please",
    "I need an agent",
    "speak with the manager",
    "I don't want to talk to a robot",
    "is there a live agent?",
    "please connect me with a person",
    "can i tlak to a humna",
    "stop, I want a human",
  ],
  pt: [
    "quero falar com um atendente",
    "posso falar com uma pessoa?",
    "atendente por favor",
    "quero falar com alguém de verdade",
    "não quero falar com robô",
    "me passa para um vendedor",
    "preciso de um atendente humano",
    "falar com o gerente",
  ],
};

for (const [language, texts] of Object.entries(asked)) {
  Deno.test(`findPersonRequest() hears a wish for a person in ${language}`, () => {
    for (const text of texts) assert.equal(languageOf(text), language, text);
  });
}

Deno.test("findPersonRequest() lets ordinary messages pass", () => {
  const ordinary = [
    "hola, necesito 400 cajas para pizza de 10 pulgadas",
    "una pizza para una persona",
    "soy agente inmobiliario y quiero cajas",
    "no quiero hablar con una persona, prefiero por aquí",
    "no quiero que me atienda una persona",
    "mi gerente quiere 500 cajas",
    "somos 3 personas en el equipo",
    "quiero una caja para una persona",
    "sin agente por favor",
    "hola buenas tardes",
    "I don't want to talk to a person",
    "a box that one person can carry",
    "my manager will pay the invoice",
    "we are a team of five people",
    "eu trabalho com pessoas idosas",
    "para duas pessoas",
    "sou vendedor de pizzas",
    "não quero falar com atendente, só o preço",
    "eres un bot?",
    "quiero hacer ejercicio para sentirme mejor persona",
    "",
    "👍",
    "[voice note, 12 s]",
  ];
  for (const text of ordinary) assert.equal(findPersonRequest(text, [], "es"), null, text);
});

Deno.test("findPersonRequest() knows the machine's own words, accents and slips aside", () => {
  const keywords = ["devolución", "llegaron rotas"];
  assert.equal(findPersonRequest("quiero una DEVOLUCION", keywords, null)?.keyword, "devolución");
  assert.equal(findPersonRequest("las cajas llegaron rotas", keywords, null)?.keyword, "llegaron rotas");
  assert.equal(findPersonRequest("quiero una devolucin", keywords, null)?.keyword, "devolución");
  assert.equal(findPersonRequest("las cajas llegaron bien", keywords, null), null);
});

Deno.test("findPersonRequest() does not take the square of the length of a wall of text", () => {
  const wall = "necesito cajas ".repeat(100_000);
  const started = performance.now();
  assert.equal(findPersonRequest(wall, ["devolución"], null), null);
  // The square would take minutes.
  assert.ok(performance.now() - started < 10_000);
});
