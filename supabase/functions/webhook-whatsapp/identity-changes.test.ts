import assert from "node:assert/strict";
import { type Customer, deliveryBody, rawMessage, textMessage } from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

function says(shop: Shop, customer: Customer, text: string) {
  return webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [customer],
    messages: [textMessage({ from: customer }, text)],
  }));
}

function notice(shop: Shop, from: Customer, system: Record<string, unknown>) {
  const message = rawMessage({ from }, "system", {
    system: { body: "User A changed", ...system },
  });
  return deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    messages: [message],
  });
}

function newNumber(shop: Shop, from: Customer, to: Customer) {
  const system = {
    type: "user_changed_number",
    wa_id: to.phone,
    user_id: to.userId,
  };
  return notice(shop, { phone: from.phone }, system);
}

function newUserId(shop: Shop, from: Customer, to: Customer) {
  const system = {
    type: "user_changed_user_id",
    user_id: to.userId,
    previous_user_id: from.userId,
  };
  return notice(shop, {}, system);
}

/** By contact that is nobody's part: its names, and its open conversations with their fence. */
async function people(shop: Shop) {
  const schema = sql(shop.schemaName);
  return await sql<{ id: string; names: string[]; fences: number[] }[]>`
    select c.id,
      array(select i.external_id from ${schema}.contact_identities i where i.contact_id = c.id order by 1) as names,
      array(select s.fence::int from ${schema}.sessions s where s.contact_id = c.id and s.status = 'open') as fences
    from ${schema}.contacts c where c.merged_into is null order by c.created_at`;
}

Deno.test("handle() knows a person by the new number, and gives the old one to whoever has it next", async () => {
  const shop = await webhook.makeShop();
  const [ana, moved, next] = [newCustomer(), newCustomer(), newCustomer()];
  await says(shop, ana, "soy Ana");
  const [before] = await people(shop);
  const body = newNumber(shop, ana, moved);
  assert.equal((await webhook.receive(body)).noted, 1);
  const [after, ...more] = await people(shop);
  assert.deepEqual([more.length, after?.names], [
    0,
    [ana.userId, moved.userId, moved.phone].sort(),
  ]);
  assert.equal(after?.fences[0], Number(before?.fences[0]) + 1);

  assert.equal((await webhook.receive(body)).noted, undefined);
  assert.equal((await people(shop))[0]?.fences[0], after?.fences[0]);
  await says(shop, moved, "sigo siendo Ana");
  await says(shop, { ...next, phone: ana.phone }, "yo no");
  const [same, other] = await people(shop);
  assert.deepEqual([same?.id, same?.fences.length, other?.names], [
    before?.id,
    1,
    [next.userId, ana.phone].sort(),
  ]);
  assert.equal((await webhook.rows(shop, "messages")).length, 3);
});

Deno.test("handle() follows a new user id, and still knows the old one", async () => {
  const shop = await webhook.makeShop();
  const ana = { userId: newCustomer().userId };
  const again = { userId: newCustomer().userId };
  await says(shop, ana, "soy Ana");
  await webhook.receive(newUserId(shop, ana, again));
  await says(shop, again, "otra vez");
  await says(shop, ana, "esto salió antes");
  const found = await people(shop);
  assert.deepEqual(found.map(({ names, fences }) => [names, fences.length]), [
    [[ana.userId, again.userId].sort(), 1],
  ]);
});

Deno.test("handle() makes one contact of two when a notice shows that they are one, and raises the fences", async () => {
  const shop = await webhook.makeShop();
  const [ana, moved] = [newCustomer(), newCustomer()];
  await says(shop, ana, "desde el viejo");
  await says(shop, moved, "desde el nuevo");
  const [older, younger] = await people(shop);
  await webhook.receive(newNumber(shop, ana, moved));
  const [one, ...more] = await people(shop);
  assert.deepEqual([more.length, one?.id, one?.fences.length], [
    0,
    older?.id,
    1,
  ]);
  assert.ok(
    Number(one?.fences[0]) >
      Math.max(...[older, younger].map((each) => Number(each?.fences[0]))),
  );
  const sessions = await webhook.rows(shop, "sessions");
  assert.deepEqual(sessions.map(({ status }) => status).sort(), [
    "open",
    "resolved",
  ]);
  assert.equal(await webhook.count(shop, "pending_messages"), 2);
});

Deno.test("handle() does not follow a new number to the person who had it before", async () => {
  const shop = await webhook.makeShop();
  const [ana, bruno] = [newCustomer(), newCustomer()];
  const renewed = newCustomer().userId;
  await says(shop, ana, "soy Ana");
  await says(shop, bruno, "soy Bruno");
  await webhook.receive(
    newNumber(shop, ana, { phone: bruno.phone, userId: renewed }),
  );
  const names = (await people(shop)).map((each) => each.names);
  assert.deepEqual(names, [[ana.userId, renewed, bruno.phone].sort(), [
    bruno.userId,
  ]]);
});

Deno.test("handle() records a new device, and changes no name", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await says(shop, ana, "soy Ana");
  const [before] = await people(shop);
  await webhook.receive(
    notice(shop, ana, { type: "customer_identity_changed" }),
  );
  const [after] = await people(shop);
  assert.deepEqual([after?.names, after?.fences[0]], [
    before?.names,
    Number(before?.fences[0]) + 1,
  ]);
  const [event] = (await webhook.rows(shop, "events")).filter(({ name }) =>
    name === "contact_identity_changed"
  );
  assert.deepEqual([event?.contact_id, event?.body], [before?.id, {
    kind: "device",
  }]);
});

Deno.test("handle() makes nobody of a notice about a stranger", async () => {
  const shop = await webhook.makeShop();
  await webhook.receive(newNumber(shop, newCustomer(), newCustomer()));
  await webhook.receive(newUserId(shop, newCustomer(), newCustomer()));
  assert.deepEqual([...await people(shop)], []);
  assert.equal(await webhook.count(shop, "channel_events"), 2);
  assert.equal(await webhook.count(shop, "messages"), 0);
});

Deno.test("handle() takes the phone that somebody shared on request for their own", async () => {
  const shop = await webhook.makeShop();
  const { phone, userId } = newCustomer();
  await says(shop, { phone }, "soy Ana, desde mi teléfono");
  const card = {
    origin: "contact_request",
    name: { formatted_name: "Ana" },
    phones: [{ phone: `+${phone}`, wa_id: phone, type: "CELL" }],
  };
  const hidden = { userId };
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [hidden],
    messages: [rawMessage({ from: hidden }, "contacts", { contacts: [card] })],
  }));
  assert.deepEqual((await people(shop)).map(({ names }) => names), [
    [phone, userId].sort(),
  ]);
});

Deno.test("handle() ends the same when notices and messages of one person race", async () => {
  const shop = await webhook.makeShop();
  for (let round = 0; round < 20; round++) {
    const [ana, moved] = [newCustomer(), newCustomer()];
    await says(shop, ana, "hola");
    await Promise.all([
      webhook.receive(newNumber(shop, ana, moved)),
      says(shop, moved, "uno"),
      says(shop, { userId: moved.userId }, "dos"),
      webhook.receive(newUserId(shop, ana, moved)),
    ]);
    await says(shop, moved, "tres");
    const [open] = await sql<{ count: number }[]>`
      select count(*)::int from ${sql(shop.schemaName)}.sessions s
      join ${sql(shop.schemaName)}.contact_identities i on i.contact_id = s.contact_id
      where i.external_id = ${String(moved.userId)} and s.status = 'open'`;
    assert.equal(open?.count, 1, `round ${round}`);
  }
  const [open] = await sql<{ count: number }[]>`
    select count(*)::int from ${sql(shop.schemaName)}.sessions where status = 'open'`;
  assert.equal(open?.count, 20);
  assert.equal((await webhook.rows(shop, "messages")).length, 80);
});
