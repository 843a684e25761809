import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import {
  accountEvent,
  callEvent,
  type ChannelDelivery,
  contactSync,
  echo,
  historyChunk,
  inboundMessage,
  InvalidInput,
  passiveCopy,
  preferenceUpdate,
  refusal,
  statusUpdate,
  type WebhookReading,
} from "@app/contracts/mod.ts";
import { z } from "zod";
import { hostileJson, hostileString, mutated } from "../testing/hostile-json.ts";
import { readWebhook } from "./read-webhook.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const recorded = await readRecorded();

/** Bodies of one run, spread over the kinds below; `FUZZ_BODIES=100000` for a long one. */
const bodies = Number(Deno.env.get("FUZZ_BODIES") ?? 22_000);
const share = (parts: number) => Math.ceil(bodies * parts / 22);

Deno.test(`readWebhook() survives ${share(2)} bodies of noise`, () => {
  fuzz(share(2), fc.uint8Array({ maxLength: 2_000 }));
});

Deno.test(`readWebhook() survives ${share(3)} bodies of any JSON`, () => {
  fuzz(share(3), fc.oneof(hostileJson.map(toJson), fc.json()).map(encode));
});

Deno.test(`readWebhook() survives ${share(5)} envelopes of anything in any field`, () => {
  fuzz(share(5), envelope().map(encode));
});

Deno.test(`readWebhook() survives ${share(8)} deliveries with one value exchanged`, () => {
  fuzz(share(8), mutated(recorded.map((text) => JSON.parse(text))).map(encode));
});

Deno.test(`readWebhook() survives ${share(4)} deliveries with flipped bits`, () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 });
  fuzz(
    share(4),
    fc.tuple(fc.constantFrom(...recorded), flips).map(([text, changes]) => {
      const bytes = encode(text);
      for (const [at, bit] of changes) {
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
      }
      return bytes;
    }),
  );
});

Deno.test("readWebhook() survives 3 MB of noise, of escapes, of messages and of braces", () => {
  const size = 3_000_000;
  const inText = (text: string) =>
    `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"id":"wamid.a","from":"5215512345678","type":"text","text":{"body":"${text}"}}]}}]}]}`;
  const inMessages = (items: string) =>
    `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[${items}]}}]}]}`;
  const bodies = [
    Uint8Array.from({ length: size }, (_, index) => (index * 2_654_435_761) >>> 13),
    encode(inText("\\u0000\\ud800".repeat(size / 12))),
    encode(inText("\u00e9".repeat(size / 2))),
    encode(inMessages("0,".repeat(size / 2) + "0")),
    encode(inMessages('{"id":"a","from":"5215512345678"},'.repeat(size / 34) + "0")),
    encode(
      `{"object":"whatsapp_business_account","entry":${'{"a":'.repeat(size / 6)}1${"}".repeat(size / 6)}}`,
    ),
    encode('{"object":"whatsapp_business_account","entry":[' + "[{".repeat(size / 2)),
  ];
  for (const body of bodies) check(body);
});

/** Every body is refused as invalid, or becomes what the contracts promise. */
function fuzz(numRuns: number, bodies: fc.Arbitrary<Uint8Array>): void {
  fc.assert(
    fc.property(bodies, (body) => {
      check(body);
    }),
    { numRuns },
  );
  assert.deepEqual(Object.keys(Object.prototype), []);
}

function check(body: Uint8Array): void {
  let reading: WebhookReading;
  try {
    reading = readWebhook(body, now);
  } catch (error) {
    if (error instanceof InvalidInput) return;
    throw error;
  }
  for (const account of reading.accounts) {
    keeps(z.array(accountEvent), account.events);
    const again = readWebhook(encode(JSON.stringify(account.body)), now);
    assert.equal(JSON.stringify(again), JSON.stringify({ channels: [], accounts: [account] }));
  }
  for (const delivery of reading.channels) {
    keepsContract(delivery);
    // What fails to be stored is read again from `body`, and must be the same.
    const again = readWebhook(encode(JSON.stringify(delivery.body)), now);
    assert.equal(JSON.stringify(again), JSON.stringify({ channels: [delivery], accounts: [] }));
  }
  assert.ok(isStorable(JSON.stringify(reading)));
}

function keepsContract(delivery: ChannelDelivery): void {
  keeps(z.array(inboundMessage), delivery.messages);
  keeps(z.array(statusUpdate), delivery.statuses);
  keeps(z.array(echo), delivery.echoes ?? []);
  keeps(z.array(historyChunk), delivery.history ?? []);
  keeps(z.array(contactSync), delivery.contactSync ?? []);
  keeps(z.array(preferenceUpdate), delivery.preferences ?? []);
  keeps(z.array(callEvent), delivery.calls ?? []);
  keeps(z.array(passiveCopy), delivery.passive ?? []);
  for (const { error } of delivery.rejected ?? []) {
    keeps(refusal.extend({ code: z.number() }).optional(), error);
  }
}

function keeps<Schema extends z.ZodType>(schema: Schema, value: unknown): void {
  assert.deepEqual(schema.parse(value), value);
}

/** Whether Postgres takes it as jsonb: no escape of NUL or of half a character, which an even run of `\` would only quote. */
function isStorable(json: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json);
}

function envelope(): fc.Arbitrary<string> {
  const message = fc.oneof(
    hostileJson,
    fc.record({
      id: fc.oneof(fc.constant("wamid.x"), hostileString),
      from: fc.oneof(fc.constant("5215512345678"), hostileJson),
      timestamp: fc.oneof(fc.constant("1795257600"), hostileJson),
      type: fc.constantFrom(
        ..."text image audio voice video document sticker interactive button location contacts reaction order system edit revoke unsupported"
          .split(" "),
      ),
      context: fc.oneof(fc.constant(undefined), hostileJson),
      body: hostileJson,
    }).map(({ body, ...head }) => ({ ...head, [head.type]: body })),
  );
  const list = fc.oneof({ weight: 5, arbitrary: fc.array(message, { maxLength: 4 }) }, {
    weight: 1,
    arbitrary: hostileJson,
  });
  const value = fc.record({
    metadata: fc.oneof(fc.constantFrom({ phone_number_id: "1" }, { phone_number_id: "2" }), hostileJson),
    messages: list,
    statuses: list,
    contacts: fc.oneof(fc.constant([{ wa_id: "5215512345678", profile: { name: "\ud800" } }]), hostileJson),
    errors: hostileJson,
  }, { requiredKeys: [] });
  const change = fc.oneof(
    { weight: 9, arbitrary: value.map((value) => ({ field: "messages", value })) },
    { weight: 9, arbitrary: otherChange(message) },
    { weight: 1, arbitrary: hostileJson },
  );
  return fc.array(change, { maxLength: 3 })
    .map((changes) => toJson({ object: "whatsapp_business_account", entry: [{ id: "1", changes }] }));
}

/** A change of any other field; `message` may stand wherever it has a list. */
function otherChange(message: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const items = fc.oneof(hostileJson, fc.array(fc.oneof(hostileJson, message), { maxLength: 3 }));
  const metadata = fc.oneof(
    fc.constant({ phone_number_id: "1", display_phone_number: "15550783881" }),
    hostileJson,
  );
  const list = fc.constantFrom(
    ..."message_echoes history messages state_sync user_preferences calls statuses event alert_info restriction_info"
      .split(" "),
  );
  return fc.record({
    field: fc.oneof(
      fc.constantFrom(
        ..."smb_message_echoes history smb_app_state_sync user_preferences calls standby messaging_handovers"
          .split(" "),
        ..."account_update account_alerts security message_template_status_update template_category_update"
          .split(" "),
        ..."phone_number_quality_update business_capability_update constructor __proto__".split(" "),
      ),
      hostileString,
    ),
    value: fc.tuple(metadata, list, items).map(([metadata, list, items]) => ({
      metadata,
      [list]: list === "history" ? [{ threads: [{ id: "5215512345678", messages: items }] }] : items,
    })),
  });
}

function toJson(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function readRecorded(): Promise<string[]> {
  const folder = new URL("../../testdata/whatsapp/", import.meta.url);
  const names = (await readdir(folder)).sort();
  return await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
}
