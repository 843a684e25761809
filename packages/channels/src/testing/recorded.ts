import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { AccountEvent, ChannelDelivery } from "@app/contracts/mod.ts";
import { readWebhook } from "../whatsapp/read-webhook.ts";

/** The bytes of a delivery in `testdata/whatsapp`. */
export async function recorded(fixture: string): Promise<Uint8Array> {
  return await readFile(new URL(`../../testdata/whatsapp/${fixture}.json`, import.meta.url));
}

/** What a fixture says about the one number that it speaks of. */
export async function recordedChannel(fixture: string, now: Date): Promise<ChannelDelivery> {
  const { channels: [delivery, ...more], accounts } = readWebhook(await recorded(fixture), now);
  assert.ok(delivery !== undefined && more.length === 0 && accounts.length === 0);
  assert.deepEqual([delivery.channelId, delivery.displayPhone], ["106540352242922", "15550783881"]);
  return delivery;
}

/** What a fixture says about the one account that it speaks of. */
export async function recordedEvents(fixture: string, now: Date): Promise<AccountEvent[]> {
  const { channels, accounts: [account, ...more] } = readWebhook(await recorded(fixture), now);
  assert.ok(account !== undefined && more.length === 0 && channels.length === 0);
  assert.equal(account.accountId, "102290129340398");
  return account.events;
}
