import assert from "node:assert/strict";
import { cleanJson } from "./clean-json.ts";

Deno.test("cleanJson() replaces NUL and lone surrogates in values and keys, however deep", () => {
  const dirty = JSON.parse('{"a\\u0000":[{"b":"x\\u0000y\\ud800z"}],"\\udc00":"\\ud83c\\udf55"}');
  assert.deepEqual(cleanJson(dirty), { "a\u{FFFD}": [{ b: "x\u{FFFD}y\u{FFFD}z" }], "\u{FFFD}": "🍕" });
});

Deno.test("cleanJson() leaves prototypes alone", () => {
  const clean = cleanJson(
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  );
  assert.equal(Object.getPrototypeOf(clean), Object.prototype);
  assert.equal(Reflect.get({}, "polluted"), undefined);
  assert.equal(JSON.stringify(clean), '{"constructor":{"prototype":{"polluted":true}}}');
});

Deno.test("cleanJson() makes null of numbers that JSON cannot say", () => {
  assert.deepEqual(cleanJson(JSON.parse("[1e999, -1e999, 1e308, 0.1]")), [null, null, 1e308, 0.1]);
});

Deno.test("cleanJson() cuts what is nested too deep, so that the rest can be written again", () => {
  const deep = JSON.parse("[".repeat(200_000) + "1" + "]".repeat(200_000));
  assert.equal(JSON.stringify(cleanJson(deep)), "[".repeat(64) + "null" + "]".repeat(64));
});

Deno.test("cleanJson() never changes its argument", () => {
  const dirty = Object.freeze({ text: "\0", list: Object.freeze(["\0"]) });
  assert.deepEqual(cleanJson(dirty), { text: "\u{FFFD}", list: ["\u{FFFD}"] });
  assert.deepEqual(dirty, { text: "\0", list: ["\0"] });
});
