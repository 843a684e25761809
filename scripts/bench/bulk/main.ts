/**
 * `npm run bench -- bulk [rounds]`: how soon the largest POST that Meta sends is acknowledged: 1,000 messages, 3 MB, all of
 * them committed before the 200. Once from people who are all new, once from people who are all known.
 */
import { startFunctions } from "../../stage/functions-process.ts";
import { batchRequest, type SignedRequest } from "../../stage/requests.ts";
import { setStage } from "../../stage/stage.ts";
import { percentile, report } from "../report.ts";

const rounds = Number(Deno.args[0] ?? 5);
const messages = 1_000;
/** Each of them writes five times in a POST, or twice and a half. */
const crowds = { few: 200, many: 400 };
/** Letters that make a POST of 1,000 messages nearly 3 MB. */
const letters = 2_500;

const stage = await setStage({ tenants: 1, debounce: { ms: 120_000, maxMs: 120_000 } });
const functions = await startFunctions(stage);
const [tenant] = stage.tenants;
if (!tenant) throw new Error("Cannot measure: the stage has no tenant");
const shop = tenant;
let next = 0;

/** A POST of so many people, of whom the first has number `from`. */
function batch(from: number, people: number): SignedRequest {
  const customers = Array.from({ length: messages }, (_, place) => from + place % people);
  return batchRequest(shop, customers, "x".repeat(letters));
}

async function post(request: SignedRequest): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(`${stage.functionsUrl}/webhook-whatsapp`, { method: "POST", ...request });
  await response.body?.cancel();
  if (response.status !== 200) throw new Error(`Cannot measure: the webhook answered ${response.status}`);
  return performance.now() - startedMs;
}

try {
  await post(batch(next, crowds.few));
  const times = { known: [] as number[], fresh: [] as number[] };
  let bytes = 0;
  for (let round = 1; round <= rounds; round++) {
    const known = batch(0, crowds.few);
    bytes = known.body.length;
    times.known.push(await post(known));
    next += 1_000;
    times.fresh.push(await post(batch(next, crowds.many)));
    console.log(
      `round ${round}: known ${times.known.at(-1)?.toFixed()} ms, new ${times.fresh.at(-1)?.toFixed()} ms`,
    );
  }
  const [row] = await stage.database.sql<{ count: number }[]>`
    select count(*)::int as count from ${stage.database.sql(shop.schemaName)}.messages`;
  report(
    "bulk",
    {
      bytes,
      known_p50_ms: percentile(times.known, 0.5),
      known_max_ms: percentile(times.known, 1),
      new_p50_ms: percentile(times.fresh, 0.5),
      new_max_ms: percentile(times.fresh, 1),
      missing_rows: messages * (2 * rounds + 1) - (row?.count ?? 0),
    },
    "postgres 17",
    ["stand-ins: sender, functions and database share this machine; turns do not run (debounce 120 s)"],
  );
} finally {
  await functions.stop();
  await stage.stop();
}
