import assert from "node:assert/strict";
import { apiKey, askDouble, type Body, type RefusedRequest } from "../testing/ask-double.ts";

const hola = { role: "user", content: "hola" };
const closed = { type: "object", properties: {}, required: [], additionalProperties: false };
const toolUse = {
  role: "assistant",
  content: [{ type: "tool_use", id: "c1", name: "find", input: {} }],
};
const toolResult = { type: "tool_result", tool_use_id: "c1", content: "none" };
const format = (schema: Body) => ({ output_config: { format: { type: "json_schema", schema } } });

const refused: RefusedRequest[] = [
  ["anthropic", "no key", { headers: { "anthropic-version": "2026-10-21" } }, 401, /authentication_error/],
  ["anthropic", "no version", { headers: { "x-api-key": apiKey } }, 400, /anthropic-version/],
  [
    "anthropic",
    "another version",
    {
      headers: { "x-api-key": apiKey, "anthropic-version": "2023-06-01" },
    },
    400,
    /anthropic-version/,
  ],
  ["anthropic", "no limit of tokens", { body: { max_tokens: undefined } }, 400, /max_tokens: Field required/],
  ["anthropic", "an unknown argument", { body: { temperature: 1 } }, 400, /Extra inputs are not permitted/],
  [
    "anthropic",
    "an assistant who begins",
    {
      body: { messages: [{ role: "assistant", content: "hi" }, hola] },
    },
    400,
    /first message/,
  ],
  [
    "anthropic",
    "an assistant with the last word",
    {
      body: { messages: [hola, { role: "assistant", content: "hi" }] },
    },
    400,
    /prefill/,
  ],
  [
    "anthropic",
    "an empty text",
    {
      body: { messages: [{ role: "user", content: [{ type: "text", text: "" }] }] },
    },
    400,
    /non-empty/,
  ],
  [
    "anthropic",
    "a result without its call",
    {
      body: { messages: [{ role: "user", content: [toolResult] }] },
    },
    400,
    /unexpected `tool_use_id`/,
  ],
  [
    "anthropic",
    "a call without its result",
    { body: { messages: [hola, toolUse, hola] } },
    400,
    /without `tool_result`/,
  ],
  [
    "anthropic",
    "a result behind other words",
    {
      body: {
        messages: [hola, toolUse, { role: "user", content: [{ type: "text", text: "x" }, toolResult] }],
      },
    },
    400,
    /must come first/,
  ],
  [
    "anthropic",
    "five marks for the cache",
    {
      body: { system: Array(5).fill({ type: "text", text: "x", cache_control: { type: "ephemeral" } }) },
    },
    400,
    /maximum of 4/,
  ],
  [
    "anthropic",
    "a bound",
    {
      body: format({ ...closed, properties: { a: { type: "number", minimum: 0 } }, required: ["a"] }),
    },
    400,
    /'minimum' is not supported/,
  ],
  [
    "anthropic",
    "two entries at least",
    {
      body: format({ ...closed, properties: { a: { type: "array", items: {}, minItems: 2 } } }),
    },
    400,
    /minItems/,
  ],
  [
    "anthropic",
    "seventeen unions",
    {
      body: format({
        ...closed,
        properties: Object.fromEntries(
          Array.from({ length: 17 }, (_, index) => [`f${index}`, { type: ["string", "null"] }]),
        ),
      }),
    },
    400,
    /too many parameters with union types/,
  ],
  [
    "anthropic",
    "twenty-five optional properties",
    {
      body: format({
        ...closed,
        properties: Object.fromEntries(
          Array.from({ length: 25 }, (_, index) => [`f${index}`, { type: "string" }]),
        ),
      }),
    },
    400,
    /too many optional parameters/,
  ],
];

for (const [provider, what, change, status, words] of refused) {
  Deno.test(`the double of ${provider} refuses ${what}`, async () => {
    const answer = await askDouble(provider, change);

    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, words);
  });
}

Deno.test("the double of anthropic takes what is right, by either header of the key", async () => {
  const bearer = { authorization: `Bearer ${apiKey}`, "anthropic-version": "2026-10-21" };
  for (const change of [{}, { headers: bearer }]) {
    const { status, text } = await askDouble("anthropic", change);

    assert.equal(status, 200);
    assert.match(text, /"type":"message_stop"/);
  }
});

Deno.test("the double of anthropic takes results right behind their calls", async () => {
  const messages = [hola, toolUse, { role: "user", content: [toolResult, { type: "text", text: "x" }] }];
  assert.equal((await askDouble("anthropic", { body: { messages } })).status, 200);
});
