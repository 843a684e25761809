import assert from "node:assert/strict";
import { plainWords } from "../plain-words.ts";
import { findOptOut } from "./find-opt-out.ts";

const wanted = [
  "STOP",
  "stop.",
  "Baja",
  "BAJA por favor",
  "dar de baja",
  "quiero darme de baja",
  "salir",
  "Unsubscribe",
  "opt out",
  "SAIR",
  "sair por favor",
  "parar",
  "descadastrar",
  "unsubcribe",
  "desuscribirme",
  "no me escriban más",
  "No quiero recibir más mensajes, gracias",
  "dejen de escribirme ya",
  "denme de baja de la lista",
  "please stop messaging me",
  "don't text me",
  "Remove me from your list",
  "no more messages please",
  "não quero mais mensagens",
  "por favor parem de me mandar mensagens",
  "me tira da lista",
  "nao me mande mais mensagens",
];

const innocent = [
  "hola",
  "quiero dar de baja mi plan anual",
  "¿cómo doy de baja el plan mensual?",
  "bajar de peso",
  "la calidad es baja",
  "we stop by on Monday",
  "is there a bus stop near you?",
  "can you stop the delivery on Friday?",
  "quiero salir a correr",
  "vou sair de viagem amanhã",
  "no quiero más cajas",
  "no",
  "para",

  "cancelar",
  "parar de fumar",
  "",
  "no more boxes please",
  "não quero mais essa cor",
];

Deno.test("findOptOut() hears who wants no more messages, in three languages", () => {
  for (const text of wanted) assert.notEqual(findOptOut(plainWords(text), []), null, text);
});

Deno.test("findOptOut() lets ordinary messages pass", () => {
  for (const text of innocent) assert.equal(findOptOut(plainWords(text), []), null, text);
});

Deno.test("findOptOut() knows the tenant's own words as whole messages", () => {
  assert.equal(findOptOut(plainWords("Chau promos"), ["chau promos"]), "chau promos");
  assert.equal(findOptOut(plainWords("chau promos y gracias por las cajas de ayer"), ["chau promos"]), null);
});
