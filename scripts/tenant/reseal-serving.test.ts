import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import { startFunctions } from "../stage/functions-process.ts";
import { startSchedule } from "../stage/schedule.ts";
import { setStage, type Stage } from "../stage/stage.ts";
import { resealSecrets } from "./reseal.ts";

/** Writes as a new customer, on Meta's side. */
async function write(stage: Stage, customer: number): Promise<void> {
  const phone = String(59_160_000_000 + customer);
  await stage.simulator.customer(phone, stage.tenants[0]?.phoneNumberId).say("hola");
}

/** Resolves when each customer has an answer that the provider accepted. */
async function untilAnswered(stage: Stage, customers: number): Promise<void> {
  const { sql } = stage.database;
  const schema = sql(stage.tenants[0]?.schemaName ?? "");
  let answered = 0;
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await sql`
      select count(distinct session_id)::int as count from ${schema}.messages
      where direction = 'outbound' and external_id is not null`;
    answered = row?.count;
    if (answered === customers) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`${answered} of ${customers} customers were answered within two minutes`);
}

Deno.test({
  name: "secrets are sealed again while customers are served, and the older key can go then",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const stage = await setStage({ tenants: 1, debounce: { ms: 0, maxMs: 1_000 } });
    const older = stage.environment.SECRETS_KEYS;
    const newer = `k2:${randomBytes(32).toString("base64")}`;
    stage.environment.SECRETS_KEYS = `${newer},${older}`;
    const stopSchedule = startSchedule(stage, 500);
    let functions = await startFunctions(stage);
    try {
      const served = (async () => {
        for (let customer = 0; customer < 30; customer++) await write(stage, customer);
      })();
      await write(stage, 100);
      const count = await resealSecrets(stage.database.sql, readSecretKeys(`${newer},${older}`));
      assert.equal(count, 3, "an app's secret and verify token, and an access token");
      await served;
      await untilAnswered(stage, 31);
      await functions.stop();
      stage.environment.SECRETS_KEYS = newer;
      functions = await startFunctions(stage);
      await write(stage, 200);
      await untilAnswered(stage, 32);
    } finally {
      stopSchedule();
      await functions.stop();
      await stage.stop();
    }
  },
});
