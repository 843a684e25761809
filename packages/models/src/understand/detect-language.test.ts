import assert from "node:assert/strict";
import { detectLanguage } from "./detect-language.ts";
import type { Language } from "./languages.ts";

const texts: [Language, string][] = [
  ["es", "hola, necesito 400 cajas"],
  ["es", "buenas"],
  ["es", "unas cuatrocientas"],
  ["es", "cuánto cuesta"],
  ["es", "me llamo Juan"],
  ["es", "para la semana que viene"],
  ["es", "sí, dale"],
  ["es", "de la empresa Acme"],
  ["en", "hi there"],
  ["en", "i need 400 boxes"],
  ["en", "how much"],
  ["en", "next tuesday"],
  ["en", "sounds good"],
  ["en", "my name is John"],
  ["en", "about four hundred"],
  ["pt", "oi, tudo bem?"],
  ["pt", "preciso de 400 caixas"],
  ["pt", "quanto custa"],
  ["pt", "umas quatrocentas"],
  ["pt", "meu nome é João"],
  ["pt", "pra semana que vem"],
  ["pt", "quero sim"],
  ["pt", "obrigado!"],
];

for (const [language, text] of texts) {
  Deno.test(`detectLanguage() hears ${language} in "${text}"`, () => {
    const other = language === "en" ? "es" : "en";

    assert.equal(detectLanguage({ texts: [text], current: null, fallback: other }), language);
  });
}

const kept: [Language, string][] = [
  ["es", "ok thanks"],
  ["es", "Pizzería Luigi SRL"],
  ["es", "400"],
  ["en", "ok gracias"],
  ["pt", "ok"],
  ["pt", "para el martes"],
  ["es", "next Tuesday"],
];

for (const [language, text] of kept) {
  Deno.test(`detectLanguage() stays in ${language} after "${text}"`, () => {
    assert.equal(detectLanguage({ texts: [text], current: language, fallback: "en" }), language);
  });
}

const switched: [Language, Language, string][] = [
  ["es", "en", "sorry, do you speak English? I need some boxes"],
  ["en", "es", "mejor en español, necesito unas cajas"],
  ["es", "pt", "você fala português? preciso de caixas"],
];

for (const [from, to, text] of switched) {
  Deno.test(`detectLanguage() goes from ${from} to ${to} with "${text}"`, () => {
    assert.equal(detectLanguage({ texts: [text], current: from, fallback: from }), to);
  });
}

Deno.test("detectLanguage() takes the tenant's language for what tells nothing", () => {
  assert.equal(detectLanguage({ texts: ["400"], current: null, fallback: "pt" }), "pt");
});
