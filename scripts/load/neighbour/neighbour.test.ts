import assert from "node:assert/strict";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { runNeighbour } from "./run-neighbour.ts";

Deno.test("runNeighbour() answers everybody while one tenant is ten times as loud", async () => {
  const result = await runNeighbour({ rate: 2, times: 10, seconds: 5 });
  const { lost, unanswered, doubled, misfiled, blind, quiet_replies } = result;
  assert.deepEqual({ lost, unanswered, doubled, misfiled, blind, quiet_replies }, {
    lost: 0,
    unanswered: 0,
    doubled: 0,
    misfiled: 0,
    blind: 0,
    quiet_replies: 10,
  });
});

Deno.test("a tenant's few turns do not wait behind the hundreds of its neighbour that were due before", async () => {
  const model = startReadingModel();
  const product = await startProduct({
    tenants: 2,
    debounce: { ms: 0, maxMs: 0 },
    tenantSettings: model.settings,
    settings: model.environment,
  });
  try {
    const { simulator, tenants: [loud, quiet] } = product.stage;
    const say = (tenant: typeof loud, person: number) =>
      simulator.customer(phoneOf(person), tenant?.phoneNumberId).say(textOf(phoneOf(person), person));
    // Nobody works while the queue fills up, so that all of the loud one's work is due before the quiet one's.
    await product.sql`update public.client_configs set debounce_ms = 60000, debounce_max_ms = 60000`;
    for (let person = 0; person < 600; person += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => say(loud, person + index)));
    }
    await Promise.all(Array.from({ length: 5 }, (_, index) => say(quiet, 1_000 + index)));
    await untilDue(product, 605);
    await product.sql`
      update private.due_work set due_at = now() - case when tenant_id = ${
      loud?.id ?? ""
    } then interval '5 s' else interval '0' end`;
    await untilQuiet(product, 300_000);

    const replies = (await simulator.ledger()).filter((event) => event.kind === "outbound");
    const lastQuiet = replies.findLastIndex((event) => event.phone_number_id === quiet?.phoneNumberId);
    const loudBefore = replies.slice(0, lastQuiet)
      .filter((event) => event.phone_number_id === loud?.phoneNumberId).length;
    assert.equal(replies.length, 605);
    assert.ok(loudBefore < 300, `${loudBefore} of 600 went first`);
  } finally {
    await product.stop();
    await model.stop();
  }
});

async function untilDue({ sql }: Product, wanted: number): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    const [due] = await sql<{ count: number }[]>`select count(*)::int as count from private.due_work`;
    if (due?.count === wanted) return;
    await pause(100);
  }
  throw new Error(`Cannot go on: ${wanted} sessions did not become due within 2 minutes`);
}
