import assert from "node:assert/strict";
import { recordedChannel } from "../../testing/recorded.ts";

const now = new Date("2026-11-21T12:00:00.000Z");

Deno.test("readWebhook() reads who stops marketing and who welcomes it again", async () => {
  const { preferences = [] } = await recordedChannel("preferences", now);
  assert.deepEqual(
    preferences.map(({ value, category, identities }) => [value, category, identities.length]),
    [
      ["stop", "marketing_messages", 2],
      ["resume", "marketing_messages", 1],
    ],
  );
});

Deno.test("readWebhook() keeps calls, with the customer's names", async () => {
  const { calls = [] } = await recordedChannel("calls", now);
  assert.deepEqual(
    calls.map(({ externalId, event, direction, identities }) => [
      externalId,
      event,
      direction,
      identities.at(-1)?.externalId,
    ]),
    [
      ["wacid.c1", "connect", "inbound", "5215512345678"],
      ["wacid.c1", "terminate", "inbound", "5215512345678"],
      ["wacid.c2", "ringing", "outbound", "5215512345678"],
    ],
  );
});

Deno.test("readWebhook() keeps passive copies apart from messages", async () => {
  const { passive = [], messages } = await recordedChannel("passive", now);
  assert.deepEqual([messages.length, passive.map(({ field }) => field)], [0, [
    "standby",
    "messaging_handovers",
  ]]);
});
