import assert from "node:assert/strict";
import { checkContent } from "./check-content.ts";
import { writeReply } from "./write-reply.ts";

const paragraph = "Las cajas de diez pulgadas salen de fábrica en tres días y llegan a su puerta sin costo.";

Deno.test("writeReply() gives each paragraph of a long reply a bubble, with WhatsApp's formatting", () => {
  const text = `**Buenas.** ${paragraph}\n\n${paragraph}\n\n- uno\n- dos`;
  assert.deepEqual(writeReply({ text, buttons: [] }, "es"), [
    { type: "text", text: `*Buenas.* ${paragraph}` },
    { type: "text", text: paragraph },
    { type: "text", text: "- uno\n- dos" },
  ]);
});

Deno.test("writeReply() leaves a short reply in one bubble, and says nothing for nothing", () => {
  assert.deepEqual(writeReply({ text: "¡Hola!\n\n¿En qué te ayudo?", buttons: [] }, "es"), [
    { type: "text", text: "¡Hola!\n\n¿En qué te ayudo?" },
  ]);
  assert.deepEqual(writeReply({ text: " \n ", buttons: [] }, "es"), []);
});

Deno.test("writeReply() sends at most three bubbles unless the length forces more", () => {
  const many = Array.from({ length: 9 }, () => paragraph).join("\n\n");
  assert.equal(writeReply({ text: many, buttons: [] }, "es").length, 3);
  const long = writeReply({ text: "palabra ".repeat(3_000), buttons: [] }, "es");
  assert.ok(long.length >= 6 && long.every((content) => checkContent(content)));
});

Deno.test("writeReply() puts choices under the last bubble: buttons, a list, or a numbered text", () => {
  const choices = (amount: number, title: string) =>
    Array.from({ length: amount }, (_, index) => ({ id: `${index}`, title: `${title} ${index}` }));
  const typesOf = (amount: number, title = "Caja", language = "pt-BR") =>
    writeReply({ text: `${paragraph}\n\n${paragraph}\n\n¿Cuál?`, buttons: choices(amount, title) }, language);
  assert.deepEqual(typesOf(3).map(({ type }) => type), ["text", "text", "buttons"]);
  assert.deepEqual(typesOf(7).map(({ type }) => type), ["text", "text", "list"]);
  assert.ok(typesOf(7).some((content) => content.type === "list" && content.button === "Ver opções"));
  assert.deepEqual(typesOf(3, "Una caja con un nombre muy largo").map(({ type }) => type), [
    "text",
    "text",
    "text",
  ]);
  assert.ok(typesOf(3, "x", "de").every((content) => checkContent(content)));
});

Deno.test("writeReply() puts a text that is too long for buttons before them", () => {
  const [lead, rest] = writeReply(
    { text: "palabra ".repeat(200), buttons: [{ id: "a", title: "Sí" }] },
    "es",
  );
  assert.equal(lead?.type, "text");
  assert.equal(rest?.type, "buttons");
});

Deno.test("writeReply() sends the rows of a list under the word that opens them, with their descriptions", () => {
  const rows = [
    { id: "s", title: "Pequeña", description: "20 cm" },
    { id: "m", title: "Mediana", description: "30 cm" },
  ];
  assert.deepEqual(writeReply({ text: "¿Cuál?", buttons: [], list: { button: "Ver cajas", rows } }, "es"), [
    { type: "list", text: "¿Cuál?", button: "Ver cajas", sections: [{ rows }] },
  ]);
});

Deno.test("writeReply() writes the rows of a list that WhatsApp would refuse as a numbered text", () => {
  const rows = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, title: `Caja ${index + 1}` }));
  const [said] = writeReply({ text: "¿Cuál?", buttons: [], list: { button: "Ver", rows } }, "es");
  assert.ok(said?.type === "text" && said.text.endsWith("12. Caja 12"));
});
