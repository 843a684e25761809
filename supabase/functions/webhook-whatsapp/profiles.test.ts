import assert from "node:assert/strict";
import { type Customer, deliveryBody, textMessage } from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

/** Delivers one message of each of `customers`, in one POST. */
function write(shop: Shop, ...customers: Customer[]) {
  return webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers,
    messages: customers.map((from) => textMessage({ from }, "hola")),
  }));
}

/** What is known of the only contact: their name, and what each identity says. */
async function known(shop: Shop) {
  const [contact, ...more] = await webhook.rows(shop, "contacts");
  assert.equal(more.length, 0);
  const profiles = (await webhook.rows(shop, "contact_identities")).map((
    { profile },
  ) => profile);
  return { name: contact?.name, profiles };
}

Deno.test("handle() follows a known contact who calls themselves otherwise, with every identity they wrote with", async () => {
  const shop = await webhook.makeShop();
  const ana = { ...newCustomer(), name: "Ana", username: "ana.sells" };
  await write(shop, ana);
  const before = { name: "Ana", username: "ana.sells" };
  assert.deepEqual(await known(shop), {
    name: "Ana",
    profiles: [before, before],
  });
  await write(shop, { ...ana, name: "Ana García", username: undefined });
  const after = { name: "Ana García" };
  assert.deepEqual(await known(shop), {
    name: "Ana García",
    profiles: [after, after],
  });
});

Deno.test("handle() follows a new name in a POST of several messages, and where the conversation was over", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await write(shop, ana);
  const renamed = { ...ana, name: "Ana dos" };
  await write(shop, renamed, renamed);
  assert.equal((await known(shop)).name, "Ana dos");
  await sql`update ${sql(shop.schemaName)}.sessions set status = 'resolved', resolved_at = now()`;
  await write(shop, { ...ana, name: "Ana tres" });
  assert.equal((await known(shop)).name, "Ana tres");
});

Deno.test("handle() keeps a correction made here and the name of the owner's address book, and still knows the new one", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await write(shop, ana);
  const schema = sql(shop.schemaName);
  await sql`update ${schema}.contacts set name = 'Ana, compras'`;
  await write(shop, { ...ana, name: "Anita" });
  assert.deepEqual(await known(shop), {
    name: "Ana, compras",
    profiles: [{ name: "Anita" }, { name: "Anita" }],
  });
  await sql`update ${schema}.contacts set name = 'Anita'`;
  await sql`update ${schema}.contact_identities set profile = profile || '{"saved_name": "Anita"}'`;
  await write(shop, { ...ana, name: "A." });
  const profile = { name: "A.", saved_name: "Anita" };
  assert.deepEqual(await known(shop), {
    name: "Anita",
    profiles: [profile, profile],
  });
});

Deno.test("handle() learns no name from a message that is there already, nor from one without a name", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const body = (customer: Customer, id: string) =>
    deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers: [customer],
      messages: [
        textMessage({ from: customer, id }, "hola"),
        textMessage({ from: customer, id: `${id}2` }, "y más"),
      ],
    });
  await webhook.receive(body(ana, "wamid.first"));
  await webhook.receive(body({ ...ana, name: "Ana nueva" }, "wamid.second"));
  await webhook.receive(body(ana, "wamid.first"));
  await write(shop, { phone: ana.phone, userId: ana.userId });
  assert.equal((await known(shop)).name, "Ana nueva");
});

Deno.test("handle() does not wait for a contact whom somebody edits, and follows their name with the next message", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  await write(shop, ana);
  const renamed = { ...ana, name: "Ana nueva" };
  await sql.begin(async (editing) => {
    await editing`select from ${editing(shop.schemaName)}.contacts for update`;
    await sql`set lock_timeout = '10s'`;
    await write(shop, renamed).catch(() => assert.fail("a message waited for an editor"));
  });
  assert.equal((await known(shop)).name, "Ana");
  await write(shop, renamed);
  assert.equal((await known(shop)).name, "Ana nueva");
});
