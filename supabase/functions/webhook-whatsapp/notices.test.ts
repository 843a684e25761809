import assert from "node:assert/strict";
import { type Customer, deliveryBody, rawMessage, textMessage } from "@app/channels/testing.ts";
import { fieldBody, newCustomer, seconds, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

function says(shop: Shop, from: Customer, text: string, at = new Date()) {
  return webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [from],
    messages: [textMessage({ from, at }, text)],
  }));
}

function prefers(
  shop: Shop,
  { phone, userId }: Customer,
  value: string,
  at: Date,
  more = {},
) {
  const preference = {
    wa_id: phone,
    user_id: userId,
    category: "marketing_messages",
    value,
    timestamp: seconds(at),
  };
  return webhook.receive(
    fieldBody(shop, "user_preferences", {
      user_preferences: [{ ...preference, ...more }],
    }),
  );
}

async function contactOf(shop: Shop) {
  const [contact, ...more] = await webhook.rows(shop, "contacts");
  assert.equal(more.length, 0);
  return contact as Record<string, unknown>;
}

Deno.test("handle() opts out who stops marketing, and in again who resumes it", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await says(shop, ana, "hola");
  const at = minutesAgo(3);
  await prefers(shop, ana, "stop", at);
  const { opted_out_at } = await contactOf(shop);
  assert.equal(seconds(new Date(String(opted_out_at))), seconds(at));
  await prefers(shop, ana, "resume", minutesAgo(2));
  assert.equal((await contactOf(shop)).opted_out_at, null);
  assert.deepEqual(
    (await webhook.rows(shop, "events")).map(({ name }) => name).filter((
      name,
    ) => String(name).includes("opted")),
    ["contact_opted_out", "contact_opted_in"],
  );
});

Deno.test("handle() lets the newest word about marketing count, in every order, and repeats change nothing", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await prefers(shop, ana, "resume", minutesAgo(2));
  await prefers(shop, ana, "stop", minutesAgo(3));
  assert.equal((await contactOf(shop)).opted_out_at, null);
  await prefers(shop, ana, "stop", minutesAgo(1));
  await prefers(shop, ana, "resume", minutesAgo(2));
  const { opted_out_at } = await contactOf(shop);
  assert.notEqual(opted_out_at, null);
  await prefers(shop, ana, "stop", minutesAgo(0), {
    category: "other_messages",
  });
  await prefers(shop, ana, "resume", minutesAgo(0), {
    category: "other_messages",
  });
  assert.equal((await contactOf(shop)).opted_out_at, opted_out_at);
});

Deno.test("handle() plans no turn and no reply for who stopped marketing", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await prefers(shop, ana, "stop", minutesAgo(1));
  await says(shop, ana, "hola");
  const due = await sql`select from private.due_work where tenant_id = ${shop.id}`;
  assert.equal(due.length, 0);
  assert.deepEqual([
    await webhook.count(shop, "messages"),
    await webhook.count(shop, "pending_messages"),
  ], [1, 0]);
});

function call(from: Customer, event: string, at: Date, id = "wacid.c1") {
  return {
    id,
    from: from.phone,
    from_user_id: from.userId,
    to: "15550783881",
    event,
    timestamp: seconds(at),
    direction: "USER_INITIATED",
  };
}

Deno.test("handle() opens the reply window of who called, and shows the call in the timeline", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await says(shop, ana, "hola", minutesAgo(60 * 30));
  const windowOf = async () => {
    const [session] = await webhook.rows(shop, "sessions");
    return new Date(String(session?.window_expires_at)).getTime();
  };
  assert.ok(await windowOf() < Date.now());
  const calls = [
    call(ana, "connect", minutesAgo(5)),
    call(ana, "terminate", minutesAgo(4)),
  ];
  for (let repeat = 0; repeat < 2; repeat++) {
    await webhook.receive(fieldBody(shop, "calls", { calls }));
  }
  assert.equal(
    await windowOf(),
    Number(seconds(minutesAgo(5))) * 1000 + 24 * 3_600_000,
  );
  const told = (await webhook.rows(shop, "events")).filter(({ name }) => name === "call_reported");
  assert.deepEqual(
    told.map(({ body }) => (body as Record<string, unknown>).event),
    ["connect", "terminate"],
  );
  assert.equal(await webhook.count(shop, "messages"), 1);
});

Deno.test("handle() keeps a call of nobody we know, and opens nothing", async () => {
  const shop = await webhook.makeShop();
  await webhook.receive(
    fieldBody(shop, "calls", {
      calls: [call(newCustomer(), "connect", new Date())],
    }),
  );
  assert.equal(await webhook.count(shop, "channel_events"), 1);
  assert.equal(await webhook.count(shop, "contacts"), 0);
});

Deno.test("handle() keeps what is said in groups apart: no conversation, no window, no answer", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await says(shop, ana, "hola", minutesAgo(60));
  const [before] = await webhook.rows(shop, "sessions");
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [
      rawMessage({ from: ana }, "text", {
        text: { body: "yo dos" },
        group_id: "Y2Fw",
      }),
    ],
  });
  await webhook.receive(body);
  await webhook.receive(body);
  const [after] = await webhook.rows(shop, "sessions");
  assert.deepEqual(after, before);
  const [event, ...more] = await webhook.rows(shop, "channel_events");
  const kept = event?.body as Record<string, unknown>;
  assert.deepEqual([more.length, event?.kind, kept.content, kept.externalId], [
    0,
    "group_message",
    "yo dos",
    "Y2Fw",
  ]);
  assert.equal(event?.contact_id, after?.contact_id);
});

Deno.test("handle() keeps copies of what another app handles, and answers none", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const standby = fieldBody(shop, "standby", {
    messages: [textMessage({ from: ana }, "hola")],
  });
  await webhook.receive(standby);
  await webhook.receive(
    fieldBody(shop, "messaging_handovers", { event: "pass_thread_control" }),
  );
  const kinds = (await webhook.rows(shop, "channel_events")).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["standby", "handover"]);
  assert.equal(await webhook.count(shop, "messages"), 0);
});

Deno.test("handle() keeps the provider's own problems as events of the number, once an hour", async () => {
  const shop = await webhook.makeShop();
  const errors = [{ code: 130429, title: "Rate limit hit" }];
  for (let repeat = 0; repeat < 3; repeat++) {
    const { kept } = await webhook.receive(
      fieldBody(shop, "messages", { errors }),
    );
    assert.equal(kept, 0);
  }
  const [event, ...more] = await webhook.rows(shop, "channel_events");
  const { error } = event?.body as Record<string, Record<string, unknown>>;
  assert.deepEqual([more.length, event?.kind, error?.code, error?.effect], [
    0,
    "provider_error",
    130429,
    "slow_channel",
  ]);
});

Deno.test("handle() keeps an edit of which nothing can be read apart, and notices that say nothing to us", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [
      rawMessage({ from: ana }, "edit", {
        edit: { original_message_id: "wamid.x" },
      }),
      rawMessage({ from: ana }, "system", {
        system: { type: "user_is_happy", body: "User A smiles" },
      }),
    ],
  }));
  const kinds = (await webhook.rows(shop, "channel_events")).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["notice", "notice"]);
  assert.equal(await webhook.count(shop, "sessions"), 0);
});

Deno.test("handle() stores the good ones when the database refuses one, and keeps that one for replay", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const schema = sql(shop.schemaName);
  await sql`alter table ${schema}.channel_events add constraint no_curses check (body ->> 'value' <> 'stop')`;
  const named = {
    wa_id: ana.phone,
    user_id: ana.userId,
    category: "marketing_messages",
  };
  const user_preferences = ["signup", "stop", "resume"].map((value, place) => ({
    ...named,
    value,
    timestamp: seconds(minutesAgo(3 - place)),
  }));
  const body = fieldBody(shop, "user_preferences", { user_preferences });
  assert.equal((await webhook.receive(body)).kept, 1);
  assert.equal(await webhook.count(shop, "channel_events"), 2);
  await sql`alter table ${schema}.channel_events drop constraint no_curses`;
  assert.equal((await webhook.replay()).replayed, 1);
  assert.equal(await webhook.count(shop, "channel_events"), 3);
  assert.equal((await contactOf(shop)).opted_out_at, null);
});
