import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import { type ChannelDelivery, inboundMessage, InvalidInput, statusUpdate } from "@app/contracts/mod.ts";
import { hostileJson, hostileString, mutated } from "../testing/hostile-json.ts";
import { readDelivery } from "./read-delivery.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const recorded = await readRecorded();

Deno.test("readDelivery() survives 2,000 bodies of noise", () => {
  fuzz(2_000, fc.uint8Array({ maxLength: 2_000 }));
});

Deno.test("readDelivery() survives 3,000 bodies of any JSON", () => {
  fuzz(3_000, fc.oneof(hostileJson.map(toJson), fc.json()).map(encode));
});

Deno.test("readDelivery() survives 5,000 envelopes of any messages, statuses and contacts", () => {
  fuzz(5_000, envelope().map(encode));
});

Deno.test("readDelivery() survives 6,000 deliveries with one value exchanged", () => {
  fuzz(6_000, mutated(recorded.map((text) => JSON.parse(text))).map(encode));
});

Deno.test("readDelivery() survives 4,000 deliveries with flipped bits", () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 });
  fuzz(
    4_000,
    fc.tuple(fc.constantFrom(...recorded), flips).map(([text, changes]) => {
      const bytes = encode(text);
      for (const [at, bit] of changes) {
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
      }
      return bytes;
    }),
  );
});

Deno.test("readDelivery() survives 3 MB of noise, of escapes, of messages and of braces", () => {
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
  fc.assert(fc.property(bodies, check), { numRuns });
  assert.deepEqual(Object.keys(Object.prototype), []);
}

function check(body: Uint8Array): void {
  let deliveries: ChannelDelivery[];
  try {
    deliveries = readDelivery(body, now);
  } catch (error) {
    if (error instanceof InvalidInput) return;
    throw error;
  }
  for (const delivery of deliveries) {
    for (const message of delivery.messages) assert.deepEqual(inboundMessage.parse(message), message);
    for (const status of delivery.statuses) assert.deepEqual(statusUpdate.parse(status), status);
    // What fails to be stored is read again from `body`, and must be the same.
    const again = readDelivery(encode(JSON.stringify(delivery.body)), now);
    assert.equal(JSON.stringify(again), JSON.stringify([delivery]));
  }
  assert.ok(isStorable(JSON.stringify(deliveries)));
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
        ..."text image audio voice video document sticker interactive button location contacts reaction order system edit revoke"
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
    { weight: 1, arbitrary: hostileJson },
  );
  return fc.array(change, { maxLength: 3 })
    .map((changes) => toJson({ object: "whatsapp_business_account", entry: [{ id: "1", changes }] }));
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
