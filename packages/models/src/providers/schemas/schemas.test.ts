import assert from "node:assert/strict";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { checkAnthropicSchema } from "../../doubles/schemas/check-anthropic-schema.ts";
import { checkGeminiSchema } from "../../doubles/schemas/check-gemini-schema.ts";
import { checkOpenaiSchema } from "../../doubles/schemas/check-openai-schema.ts";
import { engineRequest } from "../testing/engine-request.ts";
import { anthropicSchema } from "./anthropic-schema.ts";
import { geminiSchema } from "./gemini-schema.ts";
import { openaiSchema } from "./openai-schema.ts";

const vendors = [
  ["openaiSchema", openaiSchema, checkOpenaiSchema],
  ["anthropicSchema", anthropicSchema, checkAnthropicSchema],
  ["geminiSchema", geminiSchema, checkGeminiSchema],
] as const;

for (const [name, toSchema, check] of vendors) {
  Deno.test(`${name}() makes of the engine's schemas what the provider takes, which refuses the plain ones`, async () => {
    for (const machine of Object.values(demoMachines)) {
      const { schema } = await engineRequest(machine);
      assert.notEqual(check(schema), null);
      assert.equal(check(toSchema(schema)), null);
    }
  });

  Deno.test(`${name}() makes the same bytes of the same schema, and computes them once`, async () => {
    const { schema } = await engineRequest();
    const made = toSchema(schema);

    assert.equal(toSchema(schema), made);
    assert.equal(JSON.stringify(toSchema(structuredClone(schema))), JSON.stringify(made));
  });

  Deno.test(`${name}() does not touch what it is given`, async () => {
    const { schema } = await engineRequest();
    const copy = structuredClone(schema);
    toSchema(structuredClone(schema));
    toSchema(schema);

    assert.deepEqual(schema, copy);
  });
}

const field = {
  type: "object",
  properties: {
    size: { enum: ["s", "m", null], description: "How big" },
    note: { type: ["string", "null"], minLength: 1, maxLength: 9, default: null },
    tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 },
  },
};

Deno.test("openaiSchema() types enums, closes objects and keeps bounds of lists", () => {
  assert.deepEqual(openaiSchema(field), {
    type: "object",
    properties: {
      size: { type: ["string", "null"], enum: ["s", "m", null], description: "How big" },
      note: { type: ["string", "null"] },
      tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 },
    },
    required: ["size", "note", "tags"],
    additionalProperties: false,
  });
});

Deno.test("geminiSchema() says 'or nothing' beside an enum of texts", () => {
  assert.deepEqual(geminiSchema(field), {
    type: "object",
    properties: {
      size: { description: "How big", anyOf: [{ type: "string", enum: ["s", "m"] }, { type: "null" }] },
      note: { type: ["string", "null"] },
      tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 },
    },
    required: ["size", "note", "tags"],
    additionalProperties: false,
  });
});

Deno.test("anthropicSchema() drops bounds", () => {
  assert.deepEqual(anthropicSchema(field), {
    type: "object",
    properties: {
      size: { enum: ["s", "m", null], description: "How big" },
      note: { type: ["string", "null"] },
      tags: { type: "array", items: { type: "string" }, minItems: 1 },
    },
    required: ["size", "note", "tags"],
    additionalProperties: false,
  });
});
