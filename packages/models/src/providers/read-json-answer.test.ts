import assert from "node:assert/strict";
import { readJsonAnswer } from "./read-json-answer.ts";

Deno.test("readJsonAnswer() reads JSON, bare or fenced", () => {
  assert.deepEqual(readJsonAnswer(' {"a": 1} '), { a: 1 });
  assert.deepEqual(readJsonAnswer('```json\n{"a": 1}\n```\n'), { a: 1 });
  assert.deepEqual(readJsonAnswer('```\n{"a": "```"}\n```'), { a: "```" });
});

Deno.test("readJsonAnswer() gives text back that is not JSON", () => {
  assert.equal(readJsonAnswer("¡Hola! ¿En qué te ayudo?"), "¡Hola! ¿En qué te ayudo?");
  assert.equal(readJsonAnswer("<html>"), "<html>");
  assert.equal(readJsonAnswer('{"a": '), '{"a": ');
});
