import assert from "node:assert/strict";
import fc from "fast-check";
import { hostileJson } from "../testing/hostile-json.ts";
import { readSendReply } from "./read-send-reply.ts";

Deno.test("readSendReply() takes the id of the accepted message, to a phone or a user id", () => {
  const toPhone = {
    messaging_product: "whatsapp",
    contacts: [{ input: "+52", wa_id: "52" }],
    messages: [{ id: "wamid.a" }],
  };
  const toUserId = {
    messaging_product: "whatsapp",
    contacts: [{ input: "MX.1", user_id: "MX.1" }],
    messages: [{ id: "wamid.b" }],
  };
  assert.deepEqual(readSendReply({ status: 200, body: toPhone }), {
    kind: "accepted",
    externalId: "wamid.a",
  });
  assert.deepEqual(readSendReply({ status: 200, body: toUserId }), {
    kind: "accepted",
    externalId: "wamid.b",
  });
});

Deno.test("readSendReply() branches on Graph's code, and quotes nothing that Graph says", () => {
  const body = {
    error: { message: "Malformed access token EAAGm0PX4ZCps", type: "OAuthException", code: 190 },
  };
  const outcome = readSendReply({ status: 401, body });
  assert.deepEqual([outcome.kind, "action" in outcome && outcome.action], ["refused", "stop_channel"]);
  assert.doesNotMatch(JSON.stringify(outcome), /EAAG/);
});

Deno.test("readSendReply() believes an error even under status 200", () => {
  assert.equal(readSendReply({ status: 200, body: { error: { code: 131047 } } }).kind, "refused");
});

Deno.test("readSendReply() knows nothing when an acceptance has no id", () => {
  for (
    const body of [undefined, null, {}, [], "ok", { messages: [] }, { messages: [{ id: 5 }] }, {
      messages: [{ id: "" }],
    }]
  ) {
    assert.deepEqual(readSendReply({ status: 200, body }), { kind: "unknown", why: "accepted_without_id" });
  }
});

Deno.test("readSendReply() knows nothing when a proxy answers for Graph", () => {
  for (const status of [500, 502, 503, 504]) {
    assert.deepEqual(readSendReply({ status, body: undefined }), {
      kind: "unknown",
      why: "unreadable_answer",
    });
  }
});

Deno.test("readSendReply() takes a client error without Graph's words for a refusal that may pass", () => {
  const outcome = readSendReply({ status: 404, body: undefined });
  assert.deepEqual([outcome.kind, "action" in outcome && outcome.action, "code" in outcome && outcome.code], [
    "refused",
    "retry",
    404,
  ]);
});

Deno.test("readSendReply() never takes chance for an acceptance, whatever the body", () => {
  const body = fc.oneof(
    hostileJson,
    fc.record({ error: hostileJson }),
    fc.record({ error: fc.record({ code: hostileJson, is_transient: hostileJson }) }),
    fc.record({ messages: hostileJson }),
  );
  const status = fc.integer({ min: 200, max: 599 });
  fc.assert(
    fc.property(status, body, (status, body) => {
      const outcome = readSendReply({ status, body });
      assert.ok(outcome.kind !== "accepted" || (status < 300 && outcome.externalId.trim() !== ""));
      assert.ok(outcome.kind !== "unknown" || status < 300 || status >= 500);
      assert.ok(outcome.kind !== "refused" || Number.isSafeInteger(outcome.code));
    }),
    { numRuns: 3_000 },
  );
});
