import assert from "node:assert/strict";
import { type Customer, deliveryBody, newMessageId, statusOf, textMessage } from "@app/channels/testing.ts";
import { channelJobs } from "@app/conversations/mod.ts";
import { echoMessage, fieldBody, newCustomer, seconds, type Shop, startWebhook } from "./testing.ts";

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

function echoes(shop: Shop, ...message_echoes: Record<string, unknown>[]) {
  return webhook.receive(
    fieldBody(shop, "smb_message_echoes", { message_echoes }),
  );
}

async function begin() {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await says(shop, ana, "¿hay cajas?", minutesAgo(2));
  return { shop, ana, before: await sessionOf(shop) };
}

async function sessionOf(shop: Shop) {
  const [session, ...more] = await webhook.rows(shop, "sessions");
  assert.equal(more.length, 0);
  return session as Record<string, unknown> & { id: string };
}

async function outboundOf(shop: Shop) {
  return (await webhook.rows(shop, "messages")).filter(({ direction }) => direction === "outbound");
}

/** Writes a message of the bot as if a worker had. */
async function botSays(
  shop: Shop,
  sessionId: string,
  status: string,
  content: string,
) {
  const [row] = await sql<{ id: string }[]>`insert into ${sql(shop.schemaName)}.messages
    (session_id, config_id, direction, sender_type, type, content, status)
    values (${sessionId}, ${shop.configId}, 'outbound', 'bot', 'text', ${content}, ${status}) returning id`;
  return String(row?.id);
}

/** Runs the release that the echo planned, at its time. */
async function release(shop: Shop) {
  const jobs = await sql<{ name: string; payload: unknown }[]>`
    select name, payload from private.jobs where tenant_id = ${shop.id} and name = 'release_session' order by due_at`;
  assert.ok(jobs.length > 0);
  const wakes: Date[] = [];
  const ports = {
    database: webhook.ports.database,
    wakeAt: (dueAt: Date) => void wakes.push(dueAt),
  };
  const job = channelJobs(ports).find(({ name }) => name === "release_session");
  for (const { payload } of jobs) {
    await job?.run(payload, {
      tenant: shop,
      signal: new AbortController().signal,
    });
  }
  return wakes;
}

const endHold = (shop: Shop) =>
  sql`update ${sql(shop.schemaName)}.sessions set held_until = now() - interval '1 second'`;

Deno.test("handle() stores what the owner typed as outbound, once, and silences the bot for the hold", async () => {
  const { shop, ana, before } = await begin();
  const queued = await botSays(shop, before.id, "queued", "¡Hola!");
  const echo = echoMessage(ana, "Hola Ana, soy Luis");
  const received = await echoes(shop, echo);
  assert.deepEqual([received.stored, received.noted], [0, 1]);
  assert.equal((await echoes(shop, echo)).noted, undefined);

  const stored = (await outboundOf(shop)).find(({ external_id }) => external_id === echo.id);
  assert.deepEqual(
    [stored?.sender_type, stored?.sender_id, stored?.content, stored?.status],
    ["agent", null, "Hola Ana, soy Luis", "sent"],
  );
  const cancelled = (await outboundOf(shop)).find(({ id }) => id === queued);
  assert.deepEqual([cancelled?.status, cancelled?.error], ["cancelled", {
    reason: "taken_over",
  }]);
  const session = await sessionOf(shop);
  assert.deepEqual([session.holder, session.assigned_to, session.fence], [
    "human",
    null,
    Number(before.fence) + 1,
  ]);
  assert.equal(session.last_message_preview, "Hola Ana, soy Luis");
  const heldMs = new Date(String(session.held_until)).getTime() - Date.now();
  assert.ok(
    heldMs > 50 * 60_000 && heldMs <= 60 * 60_000,
    `held for ${heldMs} ms`,
  );
  assert.equal(session.window_expires_at, before.window_expires_at);
});

Deno.test("engine.release_session() lets the bot answer what the owner left, and not what they answered", async () => {
  const { shop, ana } = await begin();
  await echoes(shop, echoMessage(ana, "sí, hay"));
  assert.deepEqual(await release(shop), []);
  assert.equal((await sessionOf(shop)).holder, "human");
  await says(shop, ana, "¿y de 12?");
  assert.equal((await sessionOf(shop)).holder, "human");
  await endHold(shop);
  const [wake] = await release(shop);
  assert.ok(wake !== undefined && wake.getTime() <= Date.now() + 1000);
  const session = await sessionOf(shop);
  assert.deepEqual([session.holder, session.held_until], ["bot", null]);
  const waiting = await sql`select m.content from ${sql(shop.schemaName)}.pending_messages p
    join ${sql(shop.schemaName)}.messages m on m.id = p.message_id`;
  assert.deepEqual([...waiting], [{ content: "¿y de 12?" }]);
  assert.deepEqual(await release(shop), []);
});

Deno.test("engine.release_session() leaves a conversation that a person took over meanwhile", async () => {
  const { shop, ana } = await begin();
  await echoes(shop, echoMessage(ana, "ya voy"));
  await sql`update ${sql(shop.schemaName)}.sessions set assigned_to = gen_random_uuid()`;
  await endHold(shop);
  await release(shop);
  assert.equal((await sessionOf(shop)).holder, "human");
  await echoes(shop, echoMessage(ana, "sigo aquí"));
  assert.equal((await sessionOf(shop)).held_until, null);
});

Deno.test("handle() extends the hold with every echo, as long as the number or its tenant says", async () => {
  const { shop, ana } = await begin();
  const heldFor = async () => {
    const { held_until } = await sessionOf(shop);
    return Math.round(
      (new Date(String(held_until)).getTime() - Date.now()) / 60_000,
    );
  };
  await sql`update public.tenants set settings = '{"echo_hold_minutes": 10}' where id = ${shop.id}`;
  await echoes(shop, echoMessage(ana, "uno"));
  assert.equal(await heldFor(), 10);
  await sql`update public.client_configs set settings = settings || '{"echo_hold_minutes": 30}' where id = ${shop.configId}`;
  await echoes(shop, echoMessage(ana, "dos"));
  assert.equal(await heldFor(), 30);
  await sql`update public.client_configs set settings = settings || '{"echo_hold_minutes": "x"}' where id = ${shop.configId}`;
  await echoes(shop, echoMessage(ana, "tres"));
  assert.equal(await heldFor(), 10);
});

Deno.test("handle() takes an echo that is older than the customer's last words for no takeover", async () => {
  const { shop, ana, before } = await begin();
  await echoes(
    shop,
    echoMessage(ana, "esto fue antes", { timestamp: seconds(minutesAgo(5)) }),
  );
  const session = await sessionOf(shop);
  assert.deepEqual([
    session.holder,
    session.fence,
    session.last_message_preview,
  ], [
    "bot",
    before.fence,
    "¿hay cajas?",
  ]);
  assert.equal((await outboundOf(shop)).length, 1);
});

Deno.test("handle() knows our own sends when they come back, with their id or before it", async () => {
  const { shop, ana, before } = await begin();
  const known = await botSays(shop, before.id, "sent", "¡Hola!");
  await sql`update ${sql(shop.schemaName)}.messages set external_id = 'wamid.known' where id = ${known}`;
  const flying = await botSays(shop, before.id, "sending", "¿Cuántas?");
  await echoes(shop, echoMessage(ana, "¡Hola!", { id: "wamid.known" }));
  await echoes(shop, echoMessage(ana, "¿Cuántas?", { id: "wamid.flying" }));
  const session = await sessionOf(shop);
  assert.deepEqual([session.holder, session.fence, session.held_until], [
    "bot",
    before.fence,
    null,
  ]);
  const rows = await outboundOf(shop);
  assert.deepEqual(
    rows.map(({ id, external_id }) => [id, external_id]).sort(),
    [
      [known, "wamid.known"],
      [flying, "wamid.flying"],
    ].sort(),
  );
  await webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    statuses: [statusOf({ id: "wamid.flying", to: ana }, "delivered")],
  }));
  assert.equal(
    (await outboundOf(shop)).find(({ id }) => id === flying)?.status,
    "delivered",
  );
});

Deno.test("handle() opens a conversation for somebody whom the owner writes to first", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  await echoes(shop, echoMessage(ana, "Hola, soy Luis de Cajas Sur"));
  const session = await sessionOf(shop);
  assert.deepEqual([
    session.holder,
    session.window_expires_at,
    session.message_count,
  ], ["human", null, 1]);
  assert.equal(await webhook.count(shop, "pending_messages"), 0);
});

Deno.test("handle() edits and empties what the owner typed", async () => {
  const { shop, ana } = await begin();
  const [one, two] = [echoMessage(ana, "son 40"), echoMessage(ana, "olvídalo")];
  const head = {
    from: "15550783881",
    to: ana.phone,
    to_user_id: ana.userId,
    timestamp: seconds(new Date()),
  };
  const now = { type: "text", text: { body: "son 45" } };
  await echoes(
    shop,
    one,
    two,
    {
      ...head,
      id: newMessageId(),
      type: "edit",
      edit: { original_message_id: one.id, message: now },
    },
    {
      ...head,
      id: newMessageId(),
      type: "revoke",
      revoke: { original_message_id: two.id },
    },
    {
      ...head,
      id: newMessageId(),
      type: "reaction",
      reaction: { message_id: one.id, emoji: "👍" },
    },
  );
  const rows = await outboundOf(shop);
  assert.deepEqual(rows.map(({ content }) => content).sort(), ["", "son 45"]);
  const edited = rows.find(({ content }) => content === "son 45")
    ?.payload as Record<string, unknown[]>;
  assert.deepEqual([edited.edits?.length, edited.reactions?.length], [1, 1]);
});

Deno.test("handle() stores an echo once when it comes many times at once", async () => {
  const { shop, ana, before } = await begin();
  const echo = echoMessage(ana, "una sola vez");
  await Promise.all(Array.from({ length: 10 }, () => echoes(shop, echo)));
  assert.equal((await outboundOf(shop)).length, 1);
  const session = await sessionOf(shop);
  assert.deepEqual([session.message_count, session.fence], [
    2,
    Number(before.fence) + 1,
  ]);
  assert.equal(await webhook.count(shop, "media"), 0);
});
