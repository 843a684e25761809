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
    const { pricing: _pricing, recipient: _recipient, ...rest } = statusUpdate.parse(read);
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

Deno.test("readStatus() tells whom it went to, the user id first", () => {
  const named = statusUpdate.parse(readStatus(cleanJson(statusOf({ id: "wamid.a", to: ana }, "read")), now));
  assert.deepEqual(named.recipient?.identities.map(({ externalId }) => externalId), [ana.userId, ana.phone]);
  const nobody = statusUpdate.parse(readStatus({ id: "wamid.a", status: "failed" }, now));
  assert.equal(nobody.recipient, undefined);
});

Deno.test("readStatus() tells the group, and the member of whom it speaks", () => {
  const raw = {
    id: "wamid.a",
    status: "delivered",
    timestamp: "1795257600",
    recipient_id: "Y2FwaV9ncm91cDoxNzA1NTU1MDEz",
    recipient_type: "group",
    recipient_participant_id: "5215512345678",
    recipient_participant_user_id: "MX.13491208655302741918",
  };
  assert.deepEqual(statusUpdate.parse(readStatus(raw, now)).recipient, {
    identities: [
      { kind: "bsuid", externalId: "MX.13491208655302741918" },
      { kind: "phone", externalId: "5215512345678" },
    ],
    groupId: "Y2FwaV9ncm91cDoxNzA1NTU1MDEz",
  });
});

Deno.test("readStatus() says what follows from a failure, by the table of Graph's codes", () => {
  const meanings = [131047, 131050, 131049, 999_999].map((code) =>
    statusUpdate.parse(readStatus(cleanJson(failedStatus({ id: "wamid.a", to: ana }, code, "x")), now))
      .refusal
  );
  assert.deepEqual(meanings.map((refusal) => [refusal?.action, refusal?.effect]), [
    ["close_window", undefined],
    ["give_up", "opt_out"],
    ["give_up", "pause_marketing"],
    ["give_up", undefined],
  ]);
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
