import assert from "node:assert/strict";
import { askDouble, type Body, type RefusedRequest } from "../testing/ask-double.ts";

const calls = [{ id: "c1", type: "function", function: { name: "find", arguments: "{}" } }];
const hola = { role: "user", content: "hola" };
const asked = { role: "assistant", tool_calls: calls };
const result = { role: "tool", tool_call_id: "c1", content: "none" };
const strict = (schema: Body) => ({
  response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
});
const closed = { type: "object", properties: {}, required: [], additionalProperties: false };

const refused: RefusedRequest[] = [
  ["openai", "no key", { headers: {} }, 401, /Incorrect API key/],
  ["openai", "an unknown argument", { body: { top_k: 3 } }, 400, /Unrecognized request argument/],
  ["openai", "another path", { path: "/complete" }, 404, /Invalid URL/],
  ["openai", "no messages", { body: { messages: [] } }, 400, /messages/],
  ["openai", "an unknown role", { body: { messages: [{ role: "bot", content: "" }] } }, 400, /messages/],
  ["openai", "max_tokens of old", { body: { max_tokens: 5 } }, 400, /max_completion_tokens/],
  [
    "openai",
    "options of a stream without one",
    {
      body: { stream: false, stream_options: { include_usage: true } },
    },
    400,
    /stream_options/,
  ],
  [
    "openai",
    "marks on an older model",
    {
      body: { model: "gpt-5.4", prompt_cache_options: { mode: "explicit" } },
    },
    400,
    /not supported with this model/,
  ],
  ["openai", "a result before its call", { body: { messages: [hola, result, asked] } }, 400, /role 'tool'/],
  [
    "openai",
    "a call without its result",
    {
      body: { messages: [hola, asked, hola, result] },
    },
    400,
    /must be followed by tool messages/,
  ],
  [
    "openai",
    "an open object",
    { body: strict({ ...closed, additionalProperties: true }) },
    400,
    /additionalProp/,
  ],
  [
    "openai",
    "an optional property",
    {
      body: strict({ ...closed, properties: { a: { type: "string" } } }),
    },
    400,
    /Missing 'a'/,
  ],
  [
    "openai",
    "a default",
    {
      body: strict({ ...closed, properties: { a: { type: "string", default: "" } }, required: ["a"] }),
    },
    400,
    /'default' is not permitted/,
  ],
  [
    "openai",
    "a value without a type",
    {
      body: strict({ ...closed, properties: { a: { enum: ["x", null] } }, required: ["a"] }),
    },
    400,
    /must have a 'type' key/,
  ],
  [
    "gemini",
    "a wrong key",
    { headers: { authorization: "Bearer x" } },
    400,
    /^\[\{"error".*API key not valid/,
  ],
  ["gemini", "an argument of OpenAI's", { body: { prompt_cache_key: "x" } }, 400, /Cannot find field/],
  [
    "gemini",
    "nothing among texts",
    {
      body: strict({ type: "object", properties: { a: { enum: ["x", null] } } }),
    },
    400,
    /TYPE_STRING/,
  ],
  ["compatible", "a schema", { body: strict(closed) }, 400, /json_schema is not supported/],
  ["compatible", "an unknown argument", { body: { prompt_cache_key: "x" } }, 422, /prompt_cache_key/],
];

for (const [provider, what, change, status, words] of refused) {
  Deno.test(`the double of ${provider} refuses ${what}`, async () => {
    const answer = await askDouble(provider, change);

    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, words);
  });
}

for (const provider of ["openai", "gemini", "compatible"] as const) {
  Deno.test(`the double of ${provider} takes what is right`, async () => {
    const { status, text } = await askDouble(provider, {});

    assert.equal(status, 200);
    assert.match(text, /data: \[DONE\]/);
  });

  Deno.test(`the double of ${provider} takes results right behind their calls`, async () => {
    assert.equal(
      (await askDouble(provider, { body: { messages: [hola, asked, result, hola] } })).status,
      200,
    );
  });
}
