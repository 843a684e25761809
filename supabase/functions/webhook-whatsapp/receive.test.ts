import assert from "node:assert/strict";
import {
  buttonTap,
  deliveryBody,
  mediaMessage,
  newMessageId,
  reactionMessage,
  statusOf,
  textMessage,
  unsupportedMessage,
} from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";
import type { Customer } from "@app/channels/testing.ts";

const webhook = await startWebhook();
Deno.test.afterAll(() => webhook.stop());

function text(
  shop: Shop,
  from: Customer,
  body = "hola",
  more: { id?: string; at?: Date; replyTo?: string } = {},
) {
  return deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [from],
    messages: [textMessage({ from, ...more }, body)],
  });
}

async function sessionOf(shop: Shop) {
  const [session, ...others] = await webhook.rows(shop, "sessions");
  assert.ok(session);
  assert.equal(others.length, 0);
  return session;
}

function dueWork(shop: Shop) {
  return webhook.database.sql<
    {
      work: string;
      in_ms: number;
      after_first_ms: number;
      session_id: string;
    }[]
  >`
    select work, session_id, extract(epoch from due_at - now()) * 1000 as in_ms,
      extract(epoch from due_at - first_due_at) * 1000 as after_first_ms
    from private.due_work where tenant_id = ${shop.id} order by work`;
}

Deno.test("handle() stores a text with contact, identities, session, pending and due work, and wakes for it", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const startedAt = Date.now();
  const received = await webhook.receive(
    text(shop, ana, "Hola, ¿tienen cajas?"),
  );
  assert.deepEqual(received, { stored: 1, duplicates: 0, kept: 0, forged: 0 });

  const session = await sessionOf(shop);
  assert.equal(session.holder, "bot");
  assert.equal(session.fence, 1);
  assert.equal(session.unread_count, 1);
  assert.equal(session.message_count, 1);
  assert.equal(session.last_message_preview, "Hola, ¿tienen cajas?");
  const [message] = await webhook.rows(shop, "messages");
  assert.equal(message?.status, "received");
  assert.equal(message?.session_id, session.id);
  assert.equal(await webhook.count(shop, "pending_messages"), 1);
  assert.deepEqual(
    (await webhook.rows(shop, "contact_identities")).map((row) => row.kind)
      .sort(),
    ["bsuid", "phone"],
  );
  const [due] = await dueWork(shop);
  assert.equal(due?.work, "turn");
  assert.equal(Number(due?.after_first_ms), 4000);
  const wake = webhook.wakes.at(-1);
  assert.ok(
    wake && wake.getTime() >= startedAt + 4000 &&
      wake.getTime() <= Date.now() + 4000,
  );
});

Deno.test("handle() changes nothing for the same POST five times at once, and once more", async () => {
  const shop = await webhook.makeShop();
  const body = text(shop, newCustomer());
  const statuses = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => (await webhook.post(body)).status),
  );
  assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
  const before = await sessionOf(shop);
  const due = await dueWork(shop);
  const events = await webhook.count(shop, "events");
  assert.deepEqual(await webhook.receive(body), {
    stored: 0,
    duplicates: 1,
    kept: 0,
    forged: 0,
  });

  assert.deepEqual(await sessionOf(shop), before);
  assert.equal(before.fence, 1);
  assert.equal(await webhook.count(shop, "messages"), 1);
  assert.equal(await webhook.count(shop, "contacts"), 1);
  assert.equal(await webhook.count(shop, "pending_messages"), 1);
  assert.equal(await webhook.count(shop, "events"), events);
  const [again] = await dueWork(shop);
  assert.ok(Number(again?.in_ms) <= Number(due[0]?.in_ms));
});

Deno.test("handle() makes one row of one id that comes twice inside a POST", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const message = textMessage({ from: ana }, "hola");
  const received = await webhook.receive(
    deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers: [ana],
      messages: [message, message],
    }),
  );
  assert.deepEqual(received, { stored: 1, duplicates: 1, kept: 0, forged: 0 });
  assert.equal((await sessionOf(shop)).message_count, 1);
});

Deno.test("handle() opens nothing for a duplicate whose session has ended", async () => {
  const shop = await webhook.makeShop();
  const body = text(shop, newCustomer());
  await webhook.receive(body);
  await webhook.database.sql`update ${
    webhook.database.sql(shop.schemaName)
  }.sessions set status = 'resolved', resolved_at = now() - interval '2 hours'`;
  assert.equal((await webhook.receive(body)).duplicates, 1);
  assert.equal((await sessionOf(shop)).status, "resolved");
});

Deno.test("handle() reopens a session that was resolved within the hour, and starts a new one after it", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const table = webhook.database.sql(shop.schemaName);
  await webhook.receive(text(shop, ana));
  await webhook.database.sql`update ${table}.sessions
    set status = 'resolved', resolved_at = now() - interval '59 minutes', summary = 'wants boxes'`;
  await webhook.receive(text(shop, ana, "una cosa más"));
  assert.equal((await sessionOf(shop)).status, "open");

  await webhook.database
    .sql`update ${table}.sessions set status = 'resolved', resolved_at = now() - interval '61 minutes'`;
  await webhook.receive(text(shop, ana, "hola de nuevo"));
  const sessions = await webhook.rows(shop, "sessions");
  assert.equal(sessions.length, 2);
  assert.equal(
    sessions.find((session) => session.status === "open")?.summary,
    "wants boxes",
  );
});

Deno.test("handle() moves the due time with each message, up to the cap, and at once for a tap", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await webhook.receive(text(shop, ana));
  await webhook.database.sql`update private.due_work
    set due_at = now() + interval '1 second', first_due_at = now() - interval '18 seconds' where tenant_id = ${shop.id}`;
  await webhook.receive(text(shop, ana, "y otra cosa"));
  const [capped] = await dueWork(shop);
  assert.equal(Number(capped?.after_first_ms), 20_000);

  await webhook.receive(
    deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers: [ana],
      messages: [buttonTap({ from: ana }, "yes", "Sí")],
    }),
  );
  const [tapped] = await dueWork(shop);
  assert.ok(Number(tapped?.in_ms) <= 0, `due in ${tapped?.in_ms} ms`);
});

Deno.test("handle() stores what a person who holds the session should see, and plans no turn", async () => {
  for (const holder of ["human", "queue"]) {
    const shop = await webhook.makeShop();
    const ana = newCustomer();
    await webhook.receive(text(shop, ana));
    await webhook.database
      .sql`delete from private.due_work where tenant_id = ${shop.id}`;
    await webhook.database.sql`update ${
      webhook.database.sql(shop.schemaName)
    }.sessions set holder = ${holder}`;
    await webhook.receive(text(shop, ana, "¿hola?"));
    assert.equal(await webhook.count(shop, "messages"), 2);
    assert.equal((await sessionOf(shop)).holder, holder);
    assert.equal((await dueWork(shop)).length, 0);
  }
});

Deno.test("handle() stores what an opted-out or blocked contact writes, and starts no turn", async () => {
  for (const column of ["opted_out_at", "blocked_at"]) {
    const shop = await webhook.makeShop();
    const ana = newCustomer();
    await webhook.receive(text(shop, ana));
    await webhook.database
      .sql`delete from private.due_work where tenant_id = ${shop.id}`;
    const { sql } = webhook.database;
    await sql`update ${sql(shop.schemaName)}.contacts set ${sql(column)} = now()`;
    await webhook.receive(text(shop, ana, "¿hola?"));
    assert.equal(await webhook.count(shop, "messages"), 2);
    assert.equal(await webhook.count(shop, "pending_messages"), 1);
    assert.equal((await dueWork(shop)).length, 0);
  }
});

Deno.test("handle() shows a message that is older than the reply window, and plans no turn for it", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const at = new Date(Date.now() - 25 * 3_600_000);
  await webhook.receive(text(shop, ana, "de ayer", { at }));
  const session = await sessionOf(shop);
  assert.equal(session.message_count, 1);
  assert.ok(new Date(String(session.window_expires_at)).getTime() < Date.now());
  assert.equal((await dueWork(shop)).length, 0);
  assert.equal(await webhook.count(shop, "pending_messages"), 0);

  await webhook.receive(text(shop, ana, "de hoy"));
  const window = new Date(String((await sessionOf(shop)).window_expires_at))
    .getTime();
  await webhook.receive(text(shop, ana, "tarde", { at }));
  assert.equal(
    new Date(String((await sessionOf(shop)).window_expires_at)).getTime(),
    window,
  );
});

Deno.test("handle() calls people where nothing can answer: suspended, disabled, no published machine", async () => {
  const suspended = await webhook.makeShop();
  await webhook.database.sql`select private.suspend_tenant(${suspended.id})`;
  const disabled = await webhook.makeShop();
  await webhook.database
    .sql`update public.client_configs set is_enabled = false where id = ${disabled.configId}`;
  const empty = await webhook.makeShop({ hasMachine: false });
  const reasons = {
    tenant_suspended: suspended,
    channel_disabled: disabled,
    machine_missing: empty,
  };
  for (const [reason, shop] of Object.entries(reasons)) {
    const ana = newCustomer();
    await webhook.receive(text(shop, ana));
    await webhook.receive(text(shop, ana, "¿hola?"));
    assert.equal((await sessionOf(shop)).holder, "queue");
    assert.equal(await webhook.count(shop, "messages"), 2);
    const escalations = await webhook.rows(shop, "escalations");
    assert.deepEqual(escalations.map((row) => row.reason), [reason]);
    assert.ok(
      (await webhook.rows(shop, "events")).some((row) => row.name === "person_called"),
    );
    assert.equal((await dueWork(shop)).length, 0);
  }
});

Deno.test("handle() keeps media as rows, links quotes, and starts no turn for reactions and unknown kinds", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const id = newMessageId();
  const picture = mediaMessage({ from: ana }, "image", { caption: "esta" });
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [
      reactionMessage({ from: ana }, "wamid.x", "👍"),
      unsupportedMessage({ from: ana }),
    ],
  });
  await webhook.receive(body);
  assert.equal((await dueWork(shop)).length, 0);

  await webhook.receive(text(shop, ana, "¿la tienen?", { id }));
  const pictures = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [picture],
  });
  await webhook.receive(pictures);
  await webhook.receive(pictures);
  await webhook.receive(text(shop, ana, "esa", { replyTo: id }));
  const media = await webhook.rows(shop, "media");
  assert.deepEqual(media.map((row) => [row.status, row.mime_type]), [[
    "remote",
    "image/jpeg",
  ]]);
  const messages = await webhook.rows(shop, "messages");
  assert.equal(
    messages.find((row) => row.type === "image")?.media_id,
    media[0]?.id,
  );
  assert.equal(
    messages.find((row) => row.content === "esa")?.reply_to,
    messages.find((row) => row.external_id === id)?.id,
  );
});

Deno.test("handle() makes one conversation of two identities, whichever comes first, and of a burst", async () => {
  for (let round = 0; round < 1000; round++) {
    const shop = round % 200 === 0 ? await webhook.makeShop() : lastShop;
    lastShop = shop;
    const ana = newCustomer();
    const forms = [ana, { phone: ana.phone }, { userId: ana.userId }];
    const bodies = Array.from(
      { length: 20 },
      (_, place) => text(shop, forms[(place + round) % 3] ?? ana, `m${place}`),
    );
    const before = await openSessions(shop);
    const statuses = await Promise.all(
      bodies.map(async (body) => (await webhook.post(body)).status),
    );
    assert.ok(statuses.every((status) => status === 200));
    assert.equal(await openSessions(shop), before + 1, `round ${round}`);
  }
});
let lastShop: Shop;

async function openSessions(shop: Shop): Promise<number> {
  const { sql } = webhook.database;
  const [row] = await sql<{ open: number }[]>`
    select count(*)::int as open from ${sql(shop.schemaName)}.sessions s where s.status = 'open'`;
  return row?.open ?? 0;
}

Deno.test("handle() merges the younger contact into the older, with refusals and what was said", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await webhook.receive(text(shop, { phone: ana.phone }, "por teléfono"));
  await webhook.receive(text(shop, { userId: ana.userId }, "por usuario"));
  assert.equal(await openSessions(shop), 2);
  const fences = (await webhook.rows(shop, "sessions")).map((row) => Number(row.fence));
  await webhook.receive(text(shop, ana, "soy la misma"));

  const contacts = await webhook.rows(shop, "contacts");
  const older = contacts.find((row) => row.merged_into === null);
  assert.equal(
    contacts.filter((row) => row.merged_into === older?.id).length,
    1,
  );
  const sessions = await webhook.rows(shop, "sessions");
  const open = sessions.filter((row) => row.status === "open");
  assert.equal(open.length, 1);
  assert.ok(sessions.every((row) => row.contact_id === older?.id));
  assert.ok(sessions.every((row) => Number(row.fence) > Math.max(...fences)));
  const messages = await webhook.rows(shop, "messages");
  assert.deepEqual(
    messages.map((row) => row.session_id),
    Array(3).fill(open[0]?.id),
  );
  assert.equal(open[0]?.message_count, 3);
  assert.equal(open[0]?.unread_count, 3);
  assert.ok(
    sessions.every((row) => row.status === "open" || row.message_count === 0),
  );
  assert.deepEqual((await dueWork(shop)).map((row) => row.session_id), [
    open[0]?.id,
  ]);
});

Deno.test("handle() gives a phone that has a new owner to that person, without the old conversations", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const bruno = { ...newCustomer(), phone: ana.phone };
  await webhook.receive(text(shop, ana, "mi secreto"));
  await webhook.receive(text(shop, bruno, "hola, soy otro"));
  assert.equal(await openSessions(shop), 2);
  assert.ok(
    (await webhook.rows(shop, "contacts")).every((row) => row.merged_into === null),
  );
});

Deno.test("handle() answers 300 POSTs of many contacts in opposite orders at once, and no deadlock surfaces", async () => {
  const shop = await webhook.makeShop();
  const people = Array.from({ length: 20 }, newCustomer);
  const writers = new Set<Customer>();
  const bodies = Array.from({ length: 300 }, (_, place) => {
    const order = place % 2 === 0 ? people : people.toReversed();
    const customers = order.slice(place % 10, place % 10 + 8);
    customers.forEach((customer) => writers.add(customer));
    const messages = customers.map((from) =>
      textMessage(
        { from: place % 3 === 0 ? { phone: from.phone } : from },
        `p${place}`,
      )
    );
    return deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers,
      messages,
    });
  });
  const received = await Promise.all(
    bodies.map((body) => webhook.receive(body)),
  );
  assert.ok(received.every(({ kept }) => kept === 0));
  assert.equal(
    await webhook.count(shop, "messages"),
    300 * 8 - countMissing(received),
  );
  assert.equal(await openSessions(shop), writers.size);
});

function countMissing(received: { stored: number }[]): number {
  return 300 * 8 - received.reduce((sum, { stored }) => sum + stored, 0);
}

Deno.test("handle() stores 1,000 messages of one POST in order", async () => {
  const shop = await webhook.makeShop();
  const people = Array.from({ length: 400 }, newCustomer);
  const messages = Array.from(
    { length: 1000 },
    (_, place) =>
      textMessage(
        { from: people[place % 400] ?? newCustomer() },
        `${place} ${"x".repeat(2200)}`,
      ),
  );
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: people,
    messages,
  });
  assert.equal((await webhook.receive(body)).stored, 1000);
  const rows = await webhook.database.sql<{ place: number }[]>`
    select split_part(content, ' ', 1)::int as place from ${
    webhook.database.sql(shop.schemaName)
  }.messages order by seq`;
  assert.deepEqual(
    rows.map(({ place }) => place),
    messages.map((_, place) => place),
  );
  assert.equal((await dueWork(shop)).length, 400);
  assert.ok(
    (await webhook.rows(shop, "sessions")).every((row) => Number(row.message_count) >= 2),
  );
});

Deno.test("handle() stores messages and statuses of the same POST", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await webhook.receive(
    deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers: [ana],
      messages: [textMessage({ from: ana }, "hola")],
      statuses: [statusOf({ id: "wamid.later", to: ana }, "delivered")],
    }),
  );
  assert.equal(await webhook.count(shop, "messages"), 1);
  assert.equal(await webhook.count(shop, "early_statuses"), 1);
});
