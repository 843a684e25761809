import assert from "node:assert/strict";
import { ana, carla, failedStatus, statusOf } from "@app/channels/testing.ts";
import { statusUpdate } from "@app/contracts/mod.ts";
import { cleanJson } from "./clean-json.ts";
import { readStatus } from "./read-status.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const at = new Date("2026-11-21T11:59:00.000Z");
const callbackData = "0b4f8ff1-62f5-4ea0-8b7c-3a0c0a4f8d11";

Deno.test("readStatus() reads every status that Meta sends", () => {
  for (const status of ["sent", "delivered", "read", "played"] as const) {
    const read = readStatus(cleanJson(statusOf({ id: "wamid.a", to: ana, at, callbackData }, status)), now);
    assert.deepEqual(statusUpdate.parse(read), read);
    const { pricing: _pricing, ...rest } = statusUpdate.parse(read);
    assert.deepEqual(rest, {
      kind: "status",
      externalId: "wamid.a",
      status,
      timestamp: "2026-11-21T11:59:00.000Z",
      callbackData,
    });
  }
});

Deno.test("readStatus() keeps what a message costs", () => {
  const read = statusUpdate.parse(readStatus(cleanJson(statusOf({ id: "wamid.a", to: carla }, "sent")), now));
  assert.equal(read.pricing?.type, "free_customer_service");
});

Deno.test("readStatus() tells why a message failed, in the new form and the old", () => {
  const newForm = failedStatus(
    { id: "wamid.a", to: ana },
    131047,
    "Re-engagement message",
    "More than 24 hours",
  );
  const oldForm = { ...newForm, errors: [{ code: "470", title: "Too late", details: "More than 24 hours" }] };
  assert.deepEqual(statusUpdate.parse(readStatus(cleanJson(newForm), now)).error, {
    code: 131047,
    title: "Re-engagement message",
    details: "More than 24 hours",
  });
  assert.deepEqual(statusUpdate.parse(readStatus(cleanJson(oldForm), now)).error, {
    code: 470,
    title: "Too late",
    details: "More than 24 hours",
  });
});

Deno.test("readStatus() believes callback data only if it is an id of ours", () => {
  for (const foreign of ["", "order-7", `${callbackData}x`, 7, null, {}]) {
    const raw = { id: "wamid.a", status: "sent", timestamp: "1795257600", biz_opaque_callback_data: foreign };
    assert.equal(statusUpdate.parse(readStatus(raw, now)).callbackData, undefined);
  }
});

Deno.test("readStatus() needs nothing but an id and a status", () => {
  assert.deepEqual(readStatus({ id: "wamid.a", status: "read" }, now), {
    kind: "status",
    externalId: "wamid.a",
    status: "read",
    timestamp: now.toISOString(),
  });
});

Deno.test("readStatus() rejects a status without a message, and a status that is not known", () => {
  const unknown = { id: "wamid.a", status: "deleted" };
  assert.deepEqual(readStatus({ status: "sent" }, now), { reason: "no_id", body: { status: "sent" } });
  assert.deepEqual(readStatus(unknown, now), { reason: "unknown_status", body: unknown });
});
