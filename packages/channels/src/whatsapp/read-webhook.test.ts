import assert from "node:assert/strict";
import { ana, changeBody, encodeBody, numberMetadata, textMessage } from "@app/channels/testing.ts";
import type { ChannelDelivery, ContactIdentity } from "@app/contracts/mod.ts";
import { recorded, recordedChannel } from "../testing/recorded.ts";
import { readWebhook } from "./read-webhook.ts";

const now = new Date("2026-11-21T12:00:00.000Z");

Deno.test("readWebhook() reads edits and withdrawals as changes of the original", async () => {
  const [edit, revoke] = [await recordedChannel("edit", now), await recordedChannel("revoke", now)].map((
    { messages },
  ) => messages[0]);
  assert.deepEqual(edit?.change, {
    kind: "edited",
    originalExternalId: "wamid.one",
    type: "text",
    content: "mejor 500 cajas",
    payload: { body: "mejor 500 cajas" },
  });
  assert.deepEqual(revoke?.change, { kind: "revoked", originalExternalId: "wamid.one" });
  assert.deepEqual([edit, revoke].map((note) => [note?.type, note?.needsAnswer]), [
    ["system", false],
    ["system", false],
  ]);
});

Deno.test("readWebhook() reads reactions, taken back with no emoji or an empty one", async () => {
  const { messages } = await recordedChannel("reactions", now);
  assert.deepEqual(messages.map(({ reaction }) => reaction), [
    { messageExternalId: "wamid.ours", emoji: "👍🏽" },
    { messageExternalId: "wamid.ours", emoji: null },
    { messageExternalId: "wamid.ours", emoji: null },
  ]);
});

Deno.test("readWebhook() reads a cart, with amounts as numbers or strings", async () => {
  const { messages: [message] } = await recordedChannel("order", now);
  assert.deepEqual(message?.order, {
    catalogId: "194836987003835",
    note: "¿lo tienen para el lunes?",
    items: [
      { productId: "BOX-10", quantity: 400, unitPrice: 4.5, currency: "MXN" },
      { productId: "BOX-12", quantity: 50, unitPrice: 6.25, currency: "MXN" },
    ],
  });
});

Deno.test("readWebhook() tells the old and the new names of a person", async () => {
  const { messages: [number] } = await recordedChannel("changed-number", now);
  assert.deepEqual(number?.identityChange, {
    kind: "number",
    previous: [phone("5215512345678")],
    current: [userId("MX.77700000000000000001"), phone("5215587654321")],
  });
  const { messages: [user] } = await recordedChannel("changed-user-id", now);
  assert.deepEqual(user?.identityChange, {
    kind: "user_id",
    previous: [userId("MX.13491208655302741918")],
    current: [userId("MX.77700000000000000001")],
  });
});

Deno.test("readWebhook() reads the answer to a wish to call", async () => {
  const { messages: [message] } = await recordedChannel("call-permission", now);
  assert.deepEqual(message?.callPermission, { isGranted: true, expiresAt: "2026-11-28T10:41:47.000Z" });
  assert.deepEqual([message?.type, message?.payload.id, message?.replyTo], [
    "interactive",
    "accept",
    "wamid.ours",
  ]);
});

Deno.test("readWebhook() tells what was said in a group, which no turn answers", async () => {
  const { messages: [message] } = await recordedChannel("group-text", now);
  assert.deepEqual(message?.group, {
    externalId: "Y2FwaV9ncm91cDoxNzA1NTU1MDEz",
    type: "text",
    content: "yo quiero dos",
  });
  assert.deepEqual([message?.type, message?.content, message?.needsAnswer], ["unsupported", "", false]);
});

Deno.test("readWebhook() tells what a message would have been that Meta cannot describe", async () => {
  const { messages: [message] } = await recordedChannel("unsupported", now);
  assert.equal(message?.unsupported?.code, 131051);
  assert.equal(typeof message?.unsupported?.subtype, "string");
});

Deno.test("readWebhook() reads the ad that led here", async () => {
  const { messages: [message] } = await recordedChannel("text-from-ad", now);
  assert.equal(message?.referral?.sourceType, "ad");
  assert.ok(message?.referral?.clickId);
});

Deno.test("readWebhook() takes the phone that was shared on request for the writer's own", async () => {
  const { messages: [message] } = await recordedChannel("own-phone-shared", now);
  assert.deepEqual(message?.sharedIdentities, [phone("5215512345678")]);
});

Deno.test("readWebhook() tells what a problem of Meta's own means", async () => {
  const { rejected: [problem] = [] } = await recordedChannel("value-error", now);
  assert.deepEqual([problem?.reason, problem?.error?.code, problem?.error?.action, problem?.error?.effect], [
    "provider_error",
    130429,
    "wait",
    "slow_channel",
  ]);
});

Deno.test("readWebhook() rejects parts that name nobody, and keeps their good neighbours", () => {
  const fields: [field: string, list: string, parts: unknown[], kept: keyof ChannelDelivery][] = [
    ["smb_message_echoes", "message_echoes", [null, { id: "a" }, { id: "b", to: "5215512345678" }], "echoes"],
    ["smb_app_state_sync", "state_sync", [5, { action: "add" }, {
      action: "add",
      contact: { phone_number: "+52 1 55 1234-5678" },
    }], "contactSync"],
    ["user_preferences", "user_preferences", [[], { value: "stop" }, {
      value: "stop",
      wa_id: "5215512345678",
    }], "preferences"],
    ["calls", "calls", ["", { id: "a" }, { id: "b", event: "connect" }], "calls"],
  ];
  for (const [field, list, parts, kept] of fields) {
    const body = encodeBody(changeBody(field, { metadata: numberMetadata("7"), [list]: parts }));
    const { channels: [delivery] } = readWebhook(body, now);
    assert.deepEqual([delivery?.rejected?.length, delivery?.[kept]?.length], [2, 1], field);
  }
});

Deno.test("readWebhook() gives each number and account the part of the body that can be read again alone", async () => {
  const fixtures = ["echoes", "history", "preferences", "calls", "passive", "value-error", "template-events"];
  for (const fixture of fixtures) {
    const { channels, accounts } = readWebhook(await recorded(fixture), now);
    for (const delivery of channels) {
      assert.deepEqual(readWebhook(encodeBody(delivery.body), now), { channels: [delivery], accounts: [] });
    }
    for (const delivery of accounts) {
      assert.deepEqual(readWebhook(encodeBody(delivery.body), now), { channels: [], accounts: [delivery] });
    }
  }
});

Deno.test("readWebhook() reads a history of thousands", () => {
  const messages = Array.from({ length: 10_000 }, (_, index) => textMessage({ from: ana }, `old ${index}`));
  const value = {
    metadata: numberMetadata("7"),
    history: [{ metadata: { phase: 2 }, threads: [{ id: ana.phone, messages }] }],
  };
  const { channels: [delivery] } = readWebhook(encodeBody(changeBody("history", value)), now);
  assert.equal(delivery?.history?.[0]?.threads[0]?.messages.length, 10_000);
});

function phone(externalId: string): ContactIdentity {
  return { kind: "phone", externalId };
}

function userId(externalId: string): ContactIdentity {
  return { kind: "bsuid", externalId };
}
