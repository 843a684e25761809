import assert from "node:assert/strict";
import { outboundContent } from "@app/contracts/mod.ts";
import { blanksOf, filledTemplate, fits, isForPeople, previewOf, type Template } from "./template.ts";

const build = (components: Template["components"], more: Partial<Template> = {}): Template => ({
  id: "1",
  name: "pedido_listo",
  language: "es_MX",
  category: "utility",
  components,
  ...more,
});

Deno.test("filledTemplate() writes what delivery accepts, in the order of the numbers", () => {
  const template = build([
    { type: "HEADER", format: "TEXT", text: "Pedido {{1}}" },
    { type: "BODY", text: "Llega el {{2}}, {{1}}. Otra vez: {{1}}" },
    { type: "FOOTER", text: "Cartón" },
    {
      type: "BUTTONS",
      buttons: [{ type: "QUICK_REPLY", text: "Gracias" }, {
        type: "URL",
        text: "Ver",
        url: "https://c.example/{{1}}",
      }, {
        type: "COPY_CODE",
        text: "Copiar",
      }],
    },
  ]);
  const keys = blanksOf(template).map(({ key }) => key);
  assert.deepEqual(keys, ["header 1", "body 2", "body 1", "button 1", "button 2"]);
  const { content, payload } = filledTemplate(template, {
    "header 1": "77",
    "body 1": "Ana\nRojas",
    "body 2": "lunes",
    "button 1": "77",
    "button 2": "CODE",
  });
  assert.equal(content, "Pedido 77\n\nLlega el lunes, Ana Rojas. Otra vez: Ana Rojas\n\nCartón");
  assert.deepEqual(outboundContent.parse(payload), {
    type: "template",
    name: "pedido_listo",
    language: "es_MX",
    header: { type: "text", text: "77" },
    body: [{ text: "Ana Rojas" }, { text: "lunes" }],
    buttons: [{ kind: "url", index: 1, text: "77" }, { kind: "copy_code", index: 2, code: "CODE" }],
  });
});

Deno.test("filledTemplate() names values that have names, and links the file of a header", () => {
  const template = build([{ type: "HEADER", format: "IMAGE" }, {
    type: "BODY",
    text: "Hola {{first_name}}",
  }]);
  const { payload } = filledTemplate(template, {
    header: "https://c.example/a.jpg",
    "body first_name": "Ana",
  });
  assert.deepEqual(outboundContent.parse(payload), {
    type: "template",
    name: "pedido_listo",
    language: "es_MX",
    header: { type: "image", link: "https://c.example/a.jpg" },
    body: [{ text: "Ana", name: "first_name" }],
  });
});

Deno.test("previewOf() leaves blanks without a value as they are", () => {
  assert.deepEqual(previewOf(build([{ type: "BODY", text: "Hola {{1}}" }]), { "body 1": " " }), [
    "Hola {{1}}",
  ]);
});

Deno.test("fits() refuses nothing, too much, and files that are no address", () => {
  const [text] = blanksOf(build([{ type: "BODY", text: "{{1}}" }]));
  const [picture] = blanksOf(build([{ type: "HEADER", format: "IMAGE" }]));
  assert.ok(text && picture);
  assert.deepEqual([fits(text, " "), fits(text, "x"), fits(text, "x".repeat(1025))], [false, true, false]);
  assert.deepEqual([fits(picture, "javascript:1"), fits(picture, "https://c.example/a.jpg")], [false, true]);
});

Deno.test("isForPeople() leaves out codes, places and templates whose words are unknown", () => {
  const body = { type: "BODY", text: "Hola" };
  assert.equal(isForPeople(build([body])), true);
  assert.equal(isForPeople(build([body], { category: "authentication" })), false);
  assert.equal(isForPeople(build([{ type: "HEADER", format: "LOCATION" }, body])), false);
  assert.equal(isForPeople(build([])), false);
});
