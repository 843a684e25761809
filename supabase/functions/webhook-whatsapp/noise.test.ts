import assert from "node:assert/strict";
import fc from "fast-check";
import { deliveryBody, rawMessage, statusOf, textMessage } from "@app/channels/testing.ts";
import { app, newCustomer, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
Deno.test.afterAll(() => webhook.stop());

const ana = newCustomer();
const wild = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    null,
    0,
    -1,
    1e308,
    "1e999",
    "\u0000",
    "\ud800",
    "99999999999999",
    "",
    [],
    {},
  ),
);
const messageType = fc.constantFrom(
  "text",
  "image",
  "audio",
  "interactive",
  "location",
  "contacts",
  "order",
  "system",
  "x",
);

/** A message in which any part may be anything. */
const message = fc.record({
  id: fc.oneof(fc.uuid(), wild),
  from: fc.oneof(fc.constant(ana.phone), wild),
  from_user_id: fc.oneof(fc.constant(ana.userId), wild),
  timestamp: fc.oneof(fc.constant(String(Math.floor(Date.now() / 1000))), wild),
  type: fc.oneof(messageType, wild),
  context: wild,
  text: fc.oneof(
    fc.record({ body: fc.oneof(fc.string({ unit: "binary" }), wild) }),
    wild,
  ),
  image: wild,
  interactive: wild,
  location: wild,
  contacts: wild,
  system: wild,
  errors: wild,
}, { requiredKeys: [] });

const status = fc.record({
  id: wild,
  status: wild,
  timestamp: wild,
  errors: wild,
  biz_opaque_callback_data: wild,
}, {
  requiredKeys: [],
});

function value(phoneNumberId: string) {
  return fc.record({
    metadata: fc.oneof(fc.constant({ phone_number_id: phoneNumberId }), wild),
    contacts: fc.oneof(
      fc.constant([{ wa_id: ana.phone, user_id: ana.userId }]),
      wild,
    ),
    messages: fc.oneof(fc.array(message, { maxLength: 2 }), wild),
    statuses: fc.oneof(fc.array(status, { maxLength: 1 }), wild),
    errors: wild,
  }, { requiredKeys: [] });
}

function delivery(phoneNumberId: string) {
  const change = fc.record({
    field: fc.constantFrom("messages", "calls"),
    value: fc.oneof(value(phoneNumberId), wild),
  });
  const entry = fc.oneof({
    weight: 9,
    arbitrary: fc.record({ changes: fc.array(change, { maxLength: 2 }) }),
  }, {
    weight: 1,
    arbitrary: wild,
  });
  return fc.record({
    object: fc.constant("whatsapp_business_account"),
    entry: fc.array(entry, { maxLength: 2 }),
  });
}

Deno.test("handle() meets 20,000 wild bodies without a 5xx, and stores nothing by halves", async () => {
  const shop = await webhook.makeShop();
  const runs = 20_000;
  const seed = Number(Deno.env.get("FUZZ_SEED") ?? Date.now() % 1_000_000);
  const bodies = fc.sample(
    fc.oneof(
      { weight: 8, arbitrary: delivery(shop.phoneNumberId) },
      { weight: 1, arbitrary: wild },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    ),
    { numRuns: runs, seed },
  );
  const answers = new Map<number, number>();
  const quiet = muteLog();
  try {
    let next = 0;
    await Promise.all(Array.from({ length: 16 }, async () => {
      while (next < bodies.length) {
        const body = bodies[next++];
        const response = await webhook.post(
          typeof body === "string" ? body : body ?? null,
          app.secret,
        );
        answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
        assert.ok(
          [200, 400].includes(response.status),
          `seed ${seed}: ${response.status} for ${JSON.stringify(body)}`,
        );
      }
    }));
  } finally {
    quiet();
  }
  const { sql } = webhook.database;
  const schema = sql(shop.schemaName);
  const [halves] = await sql<
    { messages: number; counted: number; lonely: number; strange: number }[]
  >`
    select (select count(*)::int from ${schema}.messages) as messages,
      (select sum(message_count)::int from ${schema}.sessions) as counted,
      (select count(*)::int from ${schema}.sessions where message_count = 0 and status = 'open') as lonely,
      (select count(*)::int from ${schema}.pending_messages p left join ${schema}.messages m on m.id = p.message_id
        where m.id is null) as strange`;
  assert.ok(
    Number(halves?.messages) > 100,
    `only ${halves?.messages} messages`,
  );
  assert.deepEqual({ ...halves, messages: 0 }, {
    messages: 0,
    counted: halves?.messages,
    lonely: 0,
    strange: 0,
  });
  assert.ok((answers.get(200) ?? 0) > runs / 2, JSON.stringify([...answers]));
});

Deno.test("handle() stores the good messages of a POST full of noise", async () => {
  const shop = await webhook.makeShop();
  const noise = fc.sample(message, { numRuns: 200, seed: 7 }).map((
    item,
    place,
  ) => ({ ...item, id: `noise-${place}` }));
  const good = ["uno", "dos", "tres"].map((text) => textMessage({ from: ana }, text));
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages: [
      ...noise.slice(0, 100),
      ...good,
      ...noise.slice(100),
      rawMessage({ from: ana }, "constructor"),
    ],
    statuses: [statusOf({ id: "\u0000", to: ana }, "sent")],
  });
  await webhook.receive(body);
  const contents = (await webhook.rows(shop, "messages")).map((row) => row.content);
  for (const text of ["uno", "dos", "tres"]) assert.ok(contents.includes(text));
});

/** One line per request would bury the test's own. */
function muteLog(): () => void {
  const { log } = console;
  console.log = () => {};
  return () => console.log = log;
}
