import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import { hostileJson, mutated } from "@app/channels/testing.ts";
import { app, startWebhook } from "./testing.ts";

/** Bodies of one run; `FUZZ_BODIES=100000` for a long one. */
const bodies = Number(Deno.env.get("FUZZ_BODIES") ?? 2_000);
const seed = Number(Deno.env.get("FUZZ_SEED") ?? Date.now() % 1_000_000);

const webhook = await startWebhook();
Deno.test.afterAll(() => webhook.stop());

const accountId = "102290129340398";
const shop = await webhook.makeShop({ accountId, displayPhone: "15550783881" });

/** Deliveries of every field, of this shop, written a moment ago. */
async function readFixtures(): Promise<unknown[]> {
  const folder = new URL("../../../packages/channels/testdata/whatsapp/", import.meta.url);
  const now = String(Math.floor(Date.now() / 1000) - 60);
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(new URL(name, folder), "utf8")),
  );
  return texts.map((text) =>
    JSON.parse(text.replaceAll("106540352242922", shop.phoneNumberId).replace(/"17952577\d\d"/g, `"${now}"`))
  );
}

/** A delivery with one value exchanged, several of them in one POST, or anything at all. */
function hostileBodies(fixtures: unknown[]): fc.Arbitrary<string> {
  const one = mutated(fixtures);
  const several = fc.array(one, { minLength: 2, maxLength: 4 }).map((texts) =>
    JSON.stringify({
      object: "whatsapp_business_account",
      entry: texts.flatMap((text) => JSON.parse(text)?.entry ?? []),
    })
  );
  return fc.oneof(
    { weight: 12, arbitrary: one },
    { weight: 4, arbitrary: several },
    { weight: 1, arbitrary: hostileJson.map((value) => JSON.stringify(value) ?? "") },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  );
}

Deno.test(`handle() meets ${bodies} hostile bodies of every field without a 5xx, and stores nothing by halves`, async () => {
  const answers = new Map<number, number>();
  const { log } = console;
  console.log = () => {};
  try {
    const samples = hostileBodies(await readFixtures());
    for (let done = 0; done < bodies; done += 1_000) {
      // A thousand at a time: all at once would not fit into memory.
      const batch = fc.sample(samples, { numRuns: Math.min(1_000, bodies - done), seed: seed + done });
      await Promise.all(Array.from({ length: 16 }, async () => {
        for (let body = batch.pop(); body !== undefined; body = batch.pop()) {
          const response = await webhook.post(body, app.secret);
          await response.body?.cancel();
          answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
          assert.ok([200, 400].includes(response.status), `seed ${seed}: ${response.status} for ${body}`);
        }
      }));
    }
  } finally {
    console.log = log;
  }
  console.log(`      seed ${seed}: ${JSON.stringify(Object.fromEntries(answers))}`);
  assert.ok((answers.get(200) ?? 0) > bodies / 2, JSON.stringify([...answers]));
  await leavesNoHalves();
});

/** What has to be so whatever came. */
async function leavesNoHalves(): Promise<void> {
  const { sql } = webhook.database;
  const schema = sql(shop.schemaName);
  const [halves] = await sql`
    select
      (select count(*)::int from private.failed_webhooks where reason = 'not_stored') as refused,
      (select count(*)::int from (
        select s.id from ${schema}.sessions s left join ${schema}.messages m on m.session_id = s.id
        group by s.id having count(m.id) <> s.message_count
      ) wrong) as miscounted,
      (select count(*)::int from ${schema}.pending_messages p join ${schema}.messages m on m.id = p.message_id
        where m.direction <> 'inbound' or m.payload ? 'revoked_at') as wrongly_pending,
      (select count(*)::int from ${schema}.sessions where is_legacy and (status <> 'archived' or window_expires_at is not null))
        as awake,
      (select count(*)::int from ${schema}.messages where (seq < 0) <> session_id in
        (select id from ${schema}.sessions where is_legacy)) as misplaced,
      (select count(*)::int from ${schema}.sessions where held_until is not null and holder <> 'human' and status = 'open')
        as held,
      (select count(*)::int from ${schema}.contact_identities i join ${schema}.contacts c on c.id = i.contact_id
        where c.merged_into is not null) as names_of_nobody`;
  assert.deepEqual({ ...halves }, {
    refused: 0,
    miscounted: 0,
    wrongly_pending: 0,
    awake: 0,
    misplaced: 0,
    held: 0,
    names_of_nobody: 0,
  });
  for (
    const [table, least] of [["messages", 20], ["channel_events", 20], ["message_templates", 1]] as const
  ) {
    assert.ok(await webhook.count(shop, table) >= least, table);
  }
}
