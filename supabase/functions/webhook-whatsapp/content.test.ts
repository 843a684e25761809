import assert from "node:assert/strict";
import {
  buttonTap,
  contactMessage,
  type Customer,
  deliveryBody,
  flowReply,
  listChoice,
  locationMessage,
  mediaMessage,
  orderMessage,
  type RawMessage,
  rawMessage,
  templateButtonTap,
  textMessage,
  unsupportedMessage,
  voiceMessage,
} from "@app/channels/testing.ts";
import { z } from "zod";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

async function store(shop: Shop, ana: Customer, ...messages: RawMessage[]) {
  const { stored } = await webhook.receive(
    deliveryBody({ phoneNumberId: shop.phoneNumberId, customers: [ana], messages }),
  );
  assert.equal(stored, messages.length);
  const rows = await webhook.rows(shop, "messages");
  return rows.toSorted((left, right) => Number(left.seq) - Number(right.seq)) as {
    id: string;
    type: string;
    content: string;
    payload: Record<string, unknown>;
    reply_to: string | null;
  }[];
}

async function waiting(shop: Shop): Promise<number> {
  return await webhook.count(shop, "pending_messages");
}

Deno.test("handle() stores every kind of message as what it is, in words that a turn can read", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const head = { from: ana };
  const permission = { call_permission_reply: { response: "accept", response_source: "user_action" } };
  const rows = await store(
    shop,
    ana,
    textMessage(head, "hola"),
    mediaMessage(head, "image", { caption: "esta" }),
    voiceMessage(head),
    mediaMessage(head, "video"),
    mediaMessage(head, "document", { filename: "pedido.pdf", caption: "el pedido" }),
    mediaMessage(head, "sticker"),
    locationMessage(head, 19.4326, -99.1332, { name: "Zócalo" }),
    contactMessage(head, "Luis", "+52 1 55 1234 5678"),
    buttonTap(head, "yes", "Sí"),
    listChoice(head, "box-10", "Caja de 10", "para pizza"),
    flowReply(head, JSON.stringify({ flow_token: "t", cantidad: 400, colores: ["rojo"] })),
    flowReply(head, "[1, 2"),
    rawMessage(head, "interactive", { interactive: { type: "call_permission_reply", ...permission } }),
    templateButtonTap(head, "REORDER", "Pedir otra vez"),
    orderMessage(head, [{ product: "BOX-10", quantity: 400, price: 4.5, currency: "MXN" }], "¿hoy?"),
  );
  assert.deepEqual(rows.map(({ type, content }) => [type, content.split("\n")[0]]), [
    ["text", "hola"],
    ["image", "esta"],
    ["audio", ""],
    ["video", ""],
    ["document", "el pedido"],
    ["sticker", ""],
    ["location", rows[6]?.content.split("\n")[0]],
    ["contact", rows[7]?.content.split("\n")[0]],
    ["interactive", "Sí"],
    ["interactive", "Caja de 10"],
    ["interactive", "cantidad: 400"],
    ["interactive", "Sent"],
    ["interactive", "accept"],
    ["interactive", "Pedir otra vez"],
    ["order", "¿hoy?"],
  ]);
  assert.match(String(rows[6]?.content), /Zócalo/);
  assert.match(String(rows[7]?.content), /Luis/);
  assert.equal(rows[10]?.content, 'cantidad: 400\ncolores: ["rojo"]');
  assert.equal(rows[14]?.content, "¿hoy?\n400 × BOX-10");
  assert.equal(await waiting(shop), rows.length);
});

Deno.test("handle() keeps what Meta cannot describe with its subtype, and has nobody answer it", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const [row] = await store(shop, ana, unsupportedMessage({ from: ana }));
  assert.equal(row?.type, "unsupported");
  assert.deepEqual(row?.payload.unsupported, { type: "poll_creation" });
  assert.equal(await waiting(shop), 0);
});

Deno.test("handle() keeps where a message came from: the ad, the quote, the product, the forward", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const referral = {
    source_type: "ad",
    source_id: "120",
    headline: "Cajas para pizza",
    body: "Desde 100 piezas",
    ctwa_clid: "click",
  };
  const product = { catalog_id: "1", product_retailer_id: "BOX-10" };
  const first = rawMessage({ from: ana }, "text", { text: { body: "vi el anuncio" }, referral });
  const [ad, quote, asked] = await store(
    shop,
    ana,
    first,
    textMessage({ from: ana, replyTo: first.id }, "este"),
    rawMessage({ from: ana }, "text", {
      text: { body: "¿y este?" },
      context: { forwarded: true, referred_product: product },
    }),
  );
  assert.deepEqual(ad?.payload.referral, referral);
  // A quote of a message of the same POST is one of a message that is not there yet, unless it came before.
  assert.ok(quote);
  assert.deepEqual(asked?.payload.context, { forwarded: true, referred_product: product });
  const rows = await store(shop, ana, textMessage({ from: ana, replyTo: first.id }, "ese"));
  assert.equal(rows.at(-1)?.reply_to, ad?.id);
});

Deno.test("handle() stores 100 KB, right-to-left, invisible and emoji-only texts as they were written", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const texts = [
    "مرحبا، كم سعر العلبة؟ 400 قطعة",
    "\u202Eodatrevni\u202C \u2066dentro\u2069",
    "\u200B\u200D\uFEFF",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "a\u0301\u0301\u0301".repeat(500),
    "línea\n\n\ttabulada\r\nfin",
    "'; drop table messages; --",
    "caja ".repeat(20_000),
  ];
  const rows = await store(shop, ana, ...texts.map((text) => textMessage({ from: ana }, text)));
  const long = texts.at(-1) ?? "";
  assert.deepEqual(rows.slice(0, -1).map(({ content }) => content), texts.slice(0, -1));
  const last = rows.at(-1);
  assert.ok(long.startsWith(String(last?.content)) && Number(last?.content.length) > 60_000);
  assert.ok(JSON.stringify(last?.payload).includes(long));
  const [session] = await webhook.rows(shop, "sessions");
  assert.ok(String(session?.last_message_preview).length <= 160);
  assert.equal(await waiting(shop), texts.length);
});

Deno.test("handle() makes one U+FFFD of each character that Postgres cannot hold", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const [row] = await store(shop, ana, textMessage({ from: ana }, "a\u0000b\ud800c"));
  assert.equal(row?.content, "a\ufffdb\ufffdc");
});

const opened = z.object({
  opened: z.array(z.object({ pending: z.array(z.record(z.string(), z.unknown())) })),
});

Deno.test("engine.open_turns() shows a turn the ad, the quote and what was edited, and not what was taken back", async () => {
  const [shop, ana] = [await webhook.makeShop({ debounceMs: 0 }), newCustomer()];
  const referral = { source_type: "ad", headline: "Cajas para pizza", body: "Desde 100 piezas" };
  const first = rawMessage({ from: ana }, "text", { text: { body: "hola" }, referral });
  const secret = textMessage({ from: ana }, "mi clave es 1234");
  await store(shop, ana, first, secret);
  await store(shop, ana, textMessage({ from: ana, replyTo: first.id }, "de esas"));
  const edit = { original_message_id: first.id, message: { type: "text", text: { body: "buenas" } } };
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [
      rawMessage({ from: ana }, "edit", { edit }),
      rawMessage({ from: ana }, "revoke", { revoke: { original_message_id: secret.id } }),
    ],
  }));
  const token = crypto.randomUUID();
  const [due] = await sql<{ session_id: string }[]>`
    update private.due_work set lease_token = ${token}, lease_until = now() + interval '1 minute'
    where tenant_id = ${shop.id} returning session_id`;
  const work = [{ session_id: due?.session_id, lease_token: token }];
  const result = await webhook.ports.database.callAsTenant(
    shop,
    (call) => call`engine.open_turns(${call.json(work)}, 30)`,
  );
  const pending = opened.parse(result).opened[0]?.pending ?? [];
  assert.deepEqual(pending.map(({ content, quoted, referral }) => ({ content, quoted, referral })), [
    { content: "buenas", quoted: null, referral },
    { content: "de esas", quoted: { from: "contact", type: "text", content: "buenas" }, referral: null },
  ]);
});
