import assert from "node:assert/strict";
import { startFunctions } from "../../stage/functions-process.ts";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { judge } from "../witness/judge.ts";

const hourMs = 3_600_000;

Deno.test("workers whose clocks are hours apart lose nothing, double nothing and wait for nothing: the database's clock decides", async () => {
  const model = startReadingModel({ delayMs: 100 });
  const product = await startProduct({
    tenants: 2,
    debounce: { ms: 300, maxMs: 1_000 },
    tenantSettings: model.settings,
    settings: { ...model.environment, LEASE_SECONDS: "3", SEND_DEADLINE_SECONDS: "3", SILENCE_SECONDS: "5" },
  });
  try {
    for (const [round, skewMs] of [-hourMs, 2 * hourMs, -26 * hourMs, 0].entries()) {
      // The clock jumps between two lives, and the one who died held leases.
      await say(product, round);
      await product.functions.kill();
      product.functions = await startFunctions(product.stage, {
        preload: new URL("./skewed-clock.ts", import.meta.url).pathname,
        settings: { SKEW_MS: String(skewMs) },
      });
      await say(product, round + 10);
      assert.equal((await untilQuiet(product, 120_000)).isQuiet, true, `with a clock ${skewMs} ms ahead`);
    }
    const verdict = await judge(product.sql, product.stage.tenants, await product.stage.simulator.ledger());
    const { lost, unanswered, doubled, misfiled, blind } = verdict;
    assert.deepEqual({ lost, unanswered, doubled, misfiled, blind }, {
      lost: 0,
      unanswered: 0,
      doubled: 0,
      misfiled: 0,
      blind: 0,
    });
    assert.equal(verdict.turns, 8 * 12);
    // Who dies while posting may leave nobody to tell whether it arrived: those are a person's.
    assert.equal(verdict.replies + await leftToPeople(product), 8 * 12);
  } finally {
    await product.stop();
    await model.stop();
  }
});

async function leftToPeople({ sql, stage }: Product): Promise<number> {
  let count = 0;
  for (const { schemaName } of stage.tenants) {
    const schema = sql(schemaName);
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from ${schema}.messages m
      where m.error ->> 'reason' = 'no_answer' and m.external_id is null
        and exists (select from ${schema}.escalations e where e.session_id = m.session_id)`;
    count += row?.count ?? 0;
  }
  return count;
}

/** Twelve people write once each. */
async function say({ stage }: Product, round: number): Promise<void> {
  for (let person = 0; person < 12; person++) {
    const phone = phoneOf(round * 100 + person);
    await stage.simulator.customer(phone, stage.tenants[person % 2]?.phoneNumberId).say(
      textOf(phone, person),
    );
    await pause(20);
  }
}
