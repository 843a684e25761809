import assert from "node:assert/strict";
import fc from "fast-check";
import { GraphError } from "./graph-error.ts";
import { jsonObject } from "./ledger-event.ts";
import { readSendRequest } from "./send-request.ts";

const TYPES = [
  "text",
  "image",
  "audio",
  "interactive",
  "location",
  "contacts",
  "reaction",
  "template",
  "poll",
];

Deno.test("readSendRequest() takes a body or turns it down in the platform's words, whatever comes", () => {
  const interactive = fc.record({
    type: fc.constantFrom("button", "list", "cta_url", "other"),
    body: fc.anything(),
    action: fc.anything(),
  });
  const body = fc.record({
    to: fc.option(fc.string(), { nil: undefined }),
    type: fc.oneof(fc.constantFrom(...TYPES), fc.anything()),
    text: fc.oneof(fc.anything(), fc.record({ body: fc.anything() })),
    interactive: fc.oneof(fc.anything(), interactive),
    image: fc.anything(),
    location: fc.anything(),
    biz_opaque_callback_data: fc.anything(),
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(body, (generated) => {
      try {
        readSendRequest(generated);
      } catch (error) {
        assert.ok(error instanceof GraphError, String(error));
        assert.ok([100, 131008, 131009].includes(error.code));
        assert.equal(error.http, 400);
      }
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("readSendRequest() names the parameter that is wrong", async () => {
  async function refusalOf(body: Record<string, unknown>): Promise<unknown> {
    try {
      readSendRequest({ to: "+52155", ...body });
    } catch (error) {
      if (error instanceof GraphError) {
        return Object(jsonObject.parse(await error.toResponse().json()).error).error_data;
      }
    }
    return undefined;
  }
  const product = { messaging_product: "whatsapp" };
  assert.deepEqual(await refusalOf({ type: "text", text: { body: "x".repeat(4_097) } }), {
    ...product,
    details: "Param text['body'] must be at most 4096 characters long.",
  });
  assert.deepEqual(await refusalOf({ type: "text", text: {} }), {
    ...product,
    details: "Required parameter is missing: text['body']",
  });
  assert.deepEqual(await refusalOf({ type: "poll" }), {
    ...product,
    details:
      'Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got "poll".',
  });
});
