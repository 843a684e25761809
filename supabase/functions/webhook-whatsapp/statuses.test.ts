import assert from "node:assert/strict";
import fc from "fast-check";
import { deliveryBody, failedStatus, newMessageId, type RawStatus, statusOf } from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";
import { textMessage } from "@app/channels/testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());
const ana = newCustomer();

async function shopWithSession(): Promise<Shop & { sessionId: string }> {
  const shop = await webhook.makeShop();
  await webhook.receive(
    deliveryBody({
      phoneNumberId: shop.phoneNumberId,
      customers: [ana],
      messages: [textMessage({ from: ana }, "hola")],
    }),
  );
  const [session] = await webhook.rows(shop, "sessions");
  return { ...shop, sessionId: String(session?.id) };
}

async function outbound(
  shop: Shop & { sessionId: string },
  status: string,
  externalId: string | null,
) {
  const [row] = await sql<{ id: string }[]>`
    insert into ${sql(shop.schemaName)}.messages
      (session_id, config_id, direction, sender_type, type, content, status, external_id)
    values (${shop.sessionId}, ${shop.configId}, 'outbound', 'bot', 'text', 'hola', ${status}, ${externalId}) returning id`;
  return String(row?.id);
}

async function messageOf(shop: Shop, id: string) {
  return (await webhook.rows(shop, "messages")).find((row) => row.id === id);
}

function post(shop: Shop, ...statuses: RawStatus[]) {
  return webhook.receive(
    deliveryBody({ phoneNumberId: shop.phoneNumberId, statuses }),
  );
}

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, place) =>
    permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest])
  );
}

const rank = [
  "queued",
  "sending",
  "unknown",
  "sent",
  "failed",
  "delivered",
  "read",
  "played",
];

Deno.test("handle() moves a message forward only, in every order of its statuses", async () => {
  const shop = await shopWithSession();
  const steps = ["sent", "delivered", "read", "played"] as const;
  for (const order of permutations([...steps])) {
    const id = newMessageId();
    const messageId = await outbound(shop, "sending", id);
    let reached = "sending";
    for (const status of order) {
      await post(shop, statusOf({ id, to: ana }, status));
      const now = String((await messageOf(shop, messageId))?.status);
      assert.ok(
        rank.indexOf(now) >= rank.indexOf(reached),
        `${reached} → ${now} in ${order}`,
      );
      reached = now;
    }
    assert.equal(reached, "played");
  }
});

Deno.test("handle() lets a failure replace what was not delivered yet, and nothing later", async () => {
  const shop = await shopWithSession();
  for (
    const before of [
      "queued",
      "sending",
      "unknown",
      "sent",
      "delivered",
      "read",
      "played",
      "cancelled",
    ]
  ) {
    const id = newMessageId();
    const messageId = await outbound(shop, before, id);
    await post(shop, failedStatus({ id, to: ana }, 131026, "Undeliverable"));
    const message = await messageOf(shop, messageId);
    const isReplaced = ["queued", "sending", "unknown", "sent"].includes(
      before,
    );
    assert.equal(message?.status, isReplaced ? "failed" : before);
    assert.equal(message?.error !== null, isReplaced);
  }
});

Deno.test("handle() applies several statuses of one message in one POST, and keeps the first price", async () => {
  const shop = await shopWithSession();
  const id = newMessageId();
  const messageId = await outbound(shop, "sending", id);
  await post(
    shop,
    statusOf({ id, to: ana }, "read"),
    statusOf({ id, to: ana }, "sent"),
    statusOf({ id, to: ana }, "delivered"),
  );
  const message = await messageOf(shop, messageId);
  assert.equal(message?.status, "read");
  assert.match(JSON.stringify(message?.payload), /free_customer_service/);
});

Deno.test("handle() finds a message whose id was never stored by our own id, and lets the next one go at once", async () => {
  const shop = await shopWithSession();
  for (const before of ["sending", "unknown"]) {
    await sql`delete from private.due_work where tenant_id = ${shop.id}`;
    const id = newMessageId();
    const messageId = await outbound(shop, before, null);
    await post(
      shop,
      statusOf({ id, to: ana, callbackData: messageId }, "sent"),
    );
    const message = await messageOf(shop, messageId);
    assert.deepEqual([message?.status, message?.external_id], ["sent", id]);
    const due = await sql<{ work: string; isDue: boolean }[]>`
      select work, due_at <= now() as "isDue" from private.due_work where tenant_id = ${shop.id}`;
    assert.deepEqual(due.map((row) => ({ ...row })), [{
      work: "delivery",
      isDue: true,
    }]);
  }
  await sql`delete from private.due_work where tenant_id = ${shop.id}`;
  const id = newMessageId();
  await outbound(shop, "sent", id);
  await post(shop, statusOf({ id, to: ana }, "delivered"));
  const due = await sql`select from private.due_work where tenant_id = ${shop.id}`;
  assert.equal(due.length, 0);
});

Deno.test("engine.receive_statuses() says all that came of a delivery that speaks of a known and an unknown message", async () => {
  const shop = await shopWithSession();
  const messageId = await outbound(shop, "sending", null);
  const statuses = [messageId, crypto.randomUUID()].map((callbackData) => ({
    kind: "status",
    externalId: newMessageId(),
    status: "sent",
    timestamp: new Date().toISOString(),
    callbackData,
  }));
  const [row] = await webhook.ports.database.withTenant(
    shop,
    (run) =>
      run<
        { result: Record<string, unknown> }
      >`select engine.receive_statuses(${shop.configId}, ${run.json(statuses)}) as result`,
  );
  const { next_due_at, ...counts } = row?.result ?? {};
  assert.deepEqual(counts, { applied: 1, early: 1 });
  assert.ok(next_due_at, "its next message may go");
});

Deno.test("engine.apply_early_statuses() applies what came before the id was stored", async () => {
  const shop = await shopWithSession();
  const id = newMessageId();
  const statuses = [
    statusOf({ id, to: ana }, "delivered"),
    statusOf({ id, to: ana }, "sent"),
  ];
  await post(shop, ...statuses);
  await post(shop, ...statuses);
  assert.equal(await webhook.count(shop, "early_statuses"), 2);

  const messageId = await outbound(shop, "sent", id);
  await webhook.ports.database.withTenant(
    shop,
    (run) => run`select engine.apply_early_statuses(${shop.configId}, ${id})`,
  );
  assert.equal((await messageOf(shop, messageId))?.status, "delivered");
  assert.equal(await webhook.count(shop, "early_statuses"), 0);
});

Deno.test("engine.apply_early_statuses() misses no status that arrives while the id is being stored", async () => {
  const shop = await shopWithSession();
  for (let round = 0; round < 30; round++) {
    const id = newMessageId();
    const messageId = await outbound(shop, "sending", null);
    const settle = webhook.ports.database.withTenant(shop, async (run) => {
      await run`update messages set status = 'sent', external_id = ${id} where id = ${messageId}`;
      await run`select pg_sleep(${(round % 3) / 1000})`;
      await run`select engine.apply_early_statuses(${shop.configId}, ${id})`;
    });
    await Promise.all([
      settle,
      post(shop, statusOf({ id, to: ana }, "delivered")),
    ]);
    assert.equal(
      (await messageOf(shop, messageId))?.status,
      "delivered",
      `round ${round}`,
    );
  }
});

Deno.test("handle() forgets an early status after 24 hours, and never touches an inbound message", async () => {
  const shop = await shopWithSession();
  await post(shop, statusOf({ id: "wamid.old", to: ana }, "sent"));
  await sql`update ${sql(shop.schemaName)}.early_statuses set received_at = now() - interval '25 hours'`;
  const [inbound] = await webhook.rows(shop, "messages");
  await post(
    shop,
    statusOf({ id: String(inbound?.external_id), to: ana }, "read"),
  );
  assert.equal(await webhook.count(shop, "early_statuses"), 1);
  assert.equal(
    (await messageOf(shop, String(inbound?.id)))?.status,
    "received",
  );
});

Deno.test("handle() ends the same for every order of statuses with duplicates, and never goes backwards", async () => {
  const shop = await shopWithSession();
  const before = rank.filter((status) => status !== "failed");
  const steps = fc.constantFrom("sent", "delivered", "read", "played", "failed" as const);
  // Each may come several times, alone or with others in one POST, and with or without our own id.
  const posts = fc.array(
    fc.array(fc.tuple(steps, fc.boolean()), { minLength: 1, maxLength: 4 }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...before), posts, async (start, posts) => {
      const id = newMessageId();
      const messageId = await outbound(shop, start, id);
      let reached = start;
      for (const statuses of posts) {
        await post(
          shop,
          ...statuses.map(([status, hasOurId]) => {
            const head = { id, to: ana, ...(hasOurId && { callbackData: messageId }) };
            return status === "failed"
              ? failedStatus(head, 131026, "Undeliverable")
              : statusOf(head, status as "sent");
          }),
        );
        const now = String((await messageOf(shop, messageId))?.status);
        assert.ok(rank.indexOf(now) >= rank.indexOf(reached), `${reached} → ${now}`);
        reached = now;
      }
      const told = [start, ...posts.flat().map(([status]) => status)];
      const highest = told.toSorted((left, right) => rank.indexOf(right) - rank.indexOf(left))[0];
      assert.equal(reached, highest);
    }),
    { numRuns: 60 },
  );
});

Deno.test("handle() keeps the first price of a message, whichever status brings it, and the price of a group", async () => {
  const shop = await shopWithSession();
  const id = newMessageId();
  const messageId = await outbound(shop, "sending", id);
  const priced = (status: "sent" | "delivered" | "read", category: string): RawStatus => ({
    ...statusOf({ id, to: ana }, status),
    recipient_type: "group",
    recipient_id: "Y2Fw",
    pricing: { billable: true, pricing_model: "PMP", type: "regular", category },
  });
  await post(shop, statusOf({ id, to: ana }, "read"));
  await post(shop, priced("delivered", "utility"));
  await post(shop, priced("sent", "marketing"), priced("delivered", "utility"));
  const message = await messageOf(shop, messageId);
  const { pricing } = message?.payload as { pricing: { category: string } };
  assert.deepEqual([message?.status, pricing.category], ["read", "utility"]);
});
