import assert from "node:assert/strict";
import { type Customer, deliveryBody, newMessageId, textMessage } from "@app/channels/testing.ts";
import { fieldBody, newCustomer, seconds, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** A message of the past; `by` the customer or the owner. */
function old(
  customer: Customer,
  by: "contact" | "owner",
  text: string,
  at: Date,
  id = newMessageId(),
) {
  const sides = by === "contact" ? { from: customer.phone } : { from: "15550783881", to: customer.phone };
  return {
    ...sides,
    id,
    timestamp: seconds(at),
    type: "text",
    text: { body: text },
    history_context: { status: "READ" },
  };
}

function chunk(
  phase: number,
  threads: [Customer, Record<string, unknown>[]][],
) {
  const listed = threads.map(([{ phone }, messages]) => ({
    id: phone,
    messages,
  }));
  return {
    history: [{
      metadata: { phase, chunk_order: 1, progress: 50 },
      threads: listed,
    }],
  };
}

const history = (shop: Shop, value: Record<string, unknown>) =>
  webhook.receive(fieldBody(shop, "history", value));

const said = async (shop: Shop) =>
  (await webhook.rows(shop, "messages"))
    .toSorted((left, right) => Number(left.seq) - Number(right.seq))
    .map(({ direction, sender_type, content, status }) =>
      [direction, sender_type, content, status].join(" ")
    );

Deno.test("handle() imports a past as archived legacy conversations, which wait for no answer", async () => {
  const [shop, ana, bruno] = [
    await webhook.makeShop(),
    newCustomer(),
    newCustomer(),
  ];
  const value = chunk(1, [
    [ana, [
      old(ana, "contact", "¿tienen cajas?", daysAgo(40)),
      old(ana, "owner", "sí", daysAgo(39)),
    ]],
    [bruno, [old(bruno, "owner", "olá", daysAgo(20))]],
  ]);
  assert.equal((await history(shop, value)).noted, 4);
  assert.equal((await history(shop, value)).noted, undefined);
  assert.deepEqual(await said(shop), [
    "inbound contact ¿tienen cajas? received",
    "outbound agent sí read",
    "outbound agent olá read",
  ]);
  const sessions = await webhook.rows(shop, "sessions");
  assert.deepEqual(
    sessions.map((
      { status, is_legacy, unread_count, window_expires_at, message_count },
    ) => [
      status,
      is_legacy,
      unread_count,
      window_expires_at,
      message_count,
    ]).sort(),
    [["archived", true, 0, null, 1], ["archived", true, 0, null, 2]],
  );
  assert.equal(await webhook.count(shop, "pending_messages"), 0);
  const due = await sql`select from private.due_work where tenant_id = ${shop.id}`;
  assert.equal(due.length, 0);
});

Deno.test("handle() orders a past by its time, whichever chunk comes first, before what is said now", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [textMessage({ from: ana }, "hoy")],
  });
  await webhook.receive(body);
  const second = daysAgo(30);
  await history(
    shop,
    chunk(1, [[ana, [old(ana, "contact", "cuatro", daysAgo(2))]]]),
  );
  await history(
    shop,
    chunk(2, [[ana, [
      old(ana, "contact", "dos", second),
      old(ana, "owner", "uno", daysAgo(90)),
    ]]]),
  );
  await history(shop, chunk(2, [[ana, [old(ana, "contact", "tres", second)]]]));
  const contents = (await said(shop)).map((line) => line.split(" ")[2]);
  assert.deepEqual(contents, ["uno", "dos", "tres", "cuatro", "hoy"]);
  const [now, ...legacy] = (await webhook.rows(shop, "sessions"))
    .toSorted((left, right) => Number(left.is_legacy) - Number(right.is_legacy));
  assert.deepEqual([now?.message_count, now?.fence, legacy.length], [1, 1, 1]);
  assert.equal(legacy[0]?.last_message_preview, "cuatro");
});

Deno.test("handle() gives an old message the file that comes after it", async () => {
  const [shop, ana, id] = [
    await webhook.makeShop(),
    newCustomer(),
    newMessageId(),
  ];
  const placeholder = {
    ...old(ana, "contact", "", daysAgo(10), id),
    type: "media_placeholder",
  };
  await history(shop, chunk(0, [[ana, [placeholder]]]));
  const file = {
    from: ana.phone,
    id,
    timestamp: seconds(daysAgo(10)),
    type: "image",
    image: {
      id: "24230790383178626",
      mime_type: "image/jpeg",
      caption: "la caja",
    },
  };
  await history(shop, { messages: [file] });
  const [message, ...more] = await webhook.rows(shop, "messages");
  assert.deepEqual([more.length, message?.type, message?.content], [
    0,
    "image",
    "la caja",
  ]);
  const [media] = await webhook.rows(shop, "media");
  assert.deepEqual([media?.id, media?.external_id], [
    message?.media_id,
    "24230790383178626",
  ]);
});

Deno.test("handle() opens a new conversation for who wrote before, and knows them", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await history(
    shop,
    chunk(1, [[ana, [old(ana, "contact", "hola", daysAgo(3))]]]),
  );
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [textMessage({ from: ana }, "otra vez")],
  }));
  assert.equal(await webhook.count(shop, "contacts"), 1);
  const sessions = await webhook.rows(shop, "sessions");
  assert.deepEqual(
    sessions.map(({ status, is_legacy }) => [status, is_legacy]).sort(),
    [
      ["archived", true],
      ["open", false],
    ],
  );
});

Deno.test("handle() takes back and edits in the past what was so then", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const [one, two] = [newMessageId(), newMessageId()];
  const head = { from: ana.phone, timestamp: seconds(daysAgo(1)) };
  await history(
    shop,
    chunk(0, [[ana, [
      old(ana, "contact", "uno", daysAgo(2), one),
      old(ana, "owner", "dos", daysAgo(2), two),
      {
        ...head,
        id: newMessageId(),
        type: "revoke",
        revoke: { original_message_id: one },
      },
      {
        ...head,
        id: newMessageId(),
        type: "reaction",
        reaction: { message_id: two, emoji: "👍" },
      },
    ]]]),
  );
  const rows = await webhook.rows(shop, "messages");
  const payloads = new Map(
    rows.map((
      row,
    ) => [row.external_id, row.payload as Record<string, unknown>]),
  );
  assert.ok(payloads.get(one)?.revoked_at);
  assert.ok(payloads.get(two)?.reactions);
  assert.equal(rows.length, 2);
});

Deno.test("handle() imports thousands of old messages in a few events of realtime", async () => {
  const shop = await webhook.makeShop();
  const threads = Array.from(
    { length: 100 },
    (): [Customer, Record<string, unknown>[]] => {
      const customer = newCustomer();
      const messages = Array.from(
        { length: 50 },
        (_, place) =>
          old(
            customer,
            place % 2 === 0 ? "contact" : "owner",
            `m${place}`,
            daysAgo(60 - place),
          ),
      );
      return [customer, messages];
    },
  );
  const before = await eventsOf(shop);
  await history(shop, chunk(2, threads));
  assert.equal(await webhook.count(shop, "messages"), 5000);
  const events = await eventsOf(shop) - before;
  assert.ok(events <= 5, `${events} events`);
});

async function eventsOf(shop: Shop): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from realtime.messages where topic like ${`tenant:${shop.id}%`}`;
  return row?.count ?? 0;
}

Deno.test("handle() tells that the owner shares no past", async () => {
  const shop = await webhook.makeShop();
  await history(shop, {
    history: [{
      errors: [{ code: 2593109, title: "History sharing is turned off" }],
    }],
  });
  const [event] = await webhook.rows(shop, "channel_events");
  assert.deepEqual([
    event?.kind,
    (event?.body as Record<string, { code: number }>).refusal?.code,
  ], [
    "history",
    2593109,
  ]);
});

function entry(
  customer: Customer,
  action: "add" | "remove",
  at: Date,
  name?: string,
) {
  return {
    type: "contact",
    action,
    contact: {
      phone_number: customer.phone,
      ...(name !== undefined && { full_name: name }),
    },
    metadata: { timestamp: seconds(at) },
  };
}

Deno.test("handle() names people as the owner's address book does, but not over a correction made here", async () => {
  const [shop, ana, bruno] = [
    await webhook.makeShop(),
    newCustomer(),
    newCustomer(),
  ];
  const sync = (...state_sync: Record<string, unknown>[]) =>
    webhook.receive(fieldBody(shop, "smb_app_state_sync", { state_sync }));
  const nameOf = async (customer: Customer) => {
    const [row] = await sql<{ name: string }[]>`select c.name from ${sql(shop.schemaName)}.contacts c
      join ${sql(shop.schemaName)}.contact_identities i on i.contact_id = c.id where i.external_id = ${
      String(customer.phone)
    }`;
    return row?.name;
  };
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [textMessage({ from: ana }, "hola")],
  }));
  assert.equal(await nameOf(ana), "Ana");
  await sync(
    entry(ana, "add", daysAgo(2), "Ana García Cajas"),
    entry(bruno, "add", daysAgo(2), "Bruno"),
  );
  assert.deepEqual([await nameOf(ana), await nameOf(bruno)], [
    "Ana García Cajas",
    "Bruno",
  ]);
  await sync(entry(ana, "add", daysAgo(3), "Anita"));
  assert.equal(await nameOf(ana), "Ana García Cajas");
  await sync(entry(ana, "add", daysAgo(1), "Ana G."));
  assert.equal(await nameOf(ana), "Ana G.");
  await sql`update ${sql(shop.schemaName)}.contacts set name = 'Dra. García' where name = 'Ana G.'`;
  await sync(
    entry(ana, "add", new Date(), "Ana otra vez"),
    entry(bruno, "remove", new Date()),
  );
  assert.deepEqual([await nameOf(ana), await nameOf(bruno)], [
    "Dra. García",
    "Bruno",
  ]);
  assert.equal(await webhook.count(shop, "sessions"), 1);
});
