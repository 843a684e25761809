import assert from "node:assert/strict";
import { type DoubledProvider, startProviderDouble } from "./start-provider-double.ts";

const apiKey = "sk-double";
type Body = Record<string, unknown>;

/** A request that the provider takes. */
const good: Record<DoubledProvider, { path: string; headers: Record<string, string>; body: Body }> = {
  openai: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "gpt-6-luna", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  gemini: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "gemini-3.8-flash", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  compatible: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "llama", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  anthropic: {
    path: "/v1/messages",
    headers: { "x-api-key": apiKey, "anthropic-version": "2026-10-21" },
    body: {
      model: "claude-haiku-5-5",
      max_tokens: 100,
      stream: true,
      messages: [{ role: "user", content: "hola" }],
    },
  },
};

async function ask(
  provider: DoubledProvider,
  change: { headers?: Record<string, string>; body?: Body; path?: string },
) {
  const double = startProviderDouble(provider, { apiKey });
  const { path, headers, body } = good[provider];
  try {
    const response = await fetch(`${double.url}${change.path ?? path}`, {
      method: "POST",
      headers: { ...(change.headers ?? headers), "content-type": "application/json" },
      body: JSON.stringify({ ...body, ...change.body }),
    });
    return { status: response.status, text: await response.text() };
  } finally {
    await double.stop();
  }
}

const calls = [{ id: "c1", type: "function", function: { name: "find", arguments: "{}" } }];
const hola = { role: "user", content: "hola" };
const asked = { role: "assistant", tool_calls: calls };
const result = { role: "tool", tool_call_id: "c1", content: "none" };
const strict = (schema: Body) => ({
  response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
});
const closed = { type: "object", properties: {}, required: [], additionalProperties: false };

const toolUse = {
  role: "assistant",
  content: [{ type: "tool_use", id: "c1", name: "find", input: {} }],
};
const toolResult = { type: "tool_result", tool_use_id: "c1", content: "none" };
const format = (schema: Body) => ({ output_config: { format: { type: "json_schema", schema } } });

const refused: [DoubledProvider, string, Parameters<typeof ask>[1], number, RegExp][] = [
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
    const answer = await ask(provider, change);

    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, words);
  });
}

for (const provider of ["openai", "anthropic", "gemini", "compatible"] as const) {
  Deno.test(`the double of ${provider} takes what is right`, async () => {
    const { status, text } = await ask(provider, {});

    assert.equal(status, 200);
    assert.match(text, provider === "anthropic" ? /"type":"message_stop"/ : /data: \[DONE\]/);
  });
}

Deno.test("the double of openai takes results right behind their calls", async () => {
  const body = { messages: [hola, asked, result, hola] };
  assert.equal((await ask("openai", { body })).status, 200);
});
