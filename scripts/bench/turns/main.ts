/**
 * `npm run bench -- turns [sessions]`: how fast due sessions become committed turns, and how soon a turn starts once it
 * is due. The offline model plays, so no time is a provider's; replies go to a stand-in that accepts every message.
 */
import { startFunctions } from "../../stage/functions-process.ts";
import { type SignedRequest, tapRequest, textRequest } from "../../stage/requests.ts";
import { setStage } from "../../stage/stage.ts";
import { percentile, report } from "../report.ts";
import { makeAllDue, readStarts, readTurns, untilCommitted } from "./read-turns.ts";
import { startGraphStandIn } from "./start-graph-stand-in.ts";

const sessions = Number(Deno.args[0] ?? 6000);
const taps = 400;

console.log("setting the stage: 50 tenants on PostgreSQL 17");
const graph = await startGraphStandIn();
const stage = await setStage({
  tenants: 50,
  debounce: { ms: 120_000, maxMs: 120_000 },
  settings: { META_GRAPH_BASE_URL: graph.url },
});
let functions = await startFunctions(stage);
const webhook = `${stage.functionsUrl}/webhook-whatsapp`;
try {
  console.log(`storing one message in each of ${sessions} sessions`);
  await postAll(
    Array.from(
      { length: sessions },
      (_, number) => textRequest(tenantOf(number), number, "hola, necesito 400 cajas"),
    ),
  );
  // The webhook's isolate has its own processor time; turns get a fresh one, as when hosted.
  await functions.stop();
  functions = await startFunctions(stage);

  console.log("all of them are due now");
  await makeAllDue(stage);
  await fetch(`${stage.functionsUrl}/process-pending`, {
    method: "POST",
    headers: { apikey: stage.secretKey },
  });
  await untilCommitted(stage, sessions, 120_000);
  const backlog = await readTurns(stage);

  console.log(`${taps} taps, each due at once, 40 a second`);
  for (let number = 0; number < taps; number++) {
    const person = sessions + 10_000 + number;
    await post(tapRequest(tenantOf(person), person, "Quiero cajas"));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await untilCommitted(stage, sessions + taps, 30_000);
  const starts = await readStarts(stage);
  report(
    "turns",
    {
      turns_per_s: Math.round(backlog.latencies.length / backlog.seconds),
      p50_ms: percentile(backlog.latencies, 0.5),
      p95_ms: percentile(backlog.latencies, 0.95),
      due_to_start_p50_ms: percentile(starts, 0.5),
      due_to_start_p99_ms: percentile(starts, 0.99),
      turns: backlog.latencies.length,
      replies_posted: graph.count(),
    },
    "postgres 17",
    ["stand-ins: the offline model, and a provider that accepts every message and tells no status"],
  );
} finally {
  await functions.stop();
  await stage.stop();
  await graph.stop();
}

function tenantOf(number: number) {
  const tenant = stage.tenants[number % stage.tenants.length];
  if (!tenant) throw new Error("Cannot choose a tenant: the stage has none");
  return tenant;
}

async function post(request: SignedRequest): Promise<void> {
  const response = await fetch(webhook, { method: "POST", ...request });
  await response.body?.cancel();
  if (response.status !== 200) {
    throw new Error(`Cannot store a message: the webhook answered ${response.status}`);
  }
}

async function postAll(requests: SignedRequest[]): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: 32 }, async () => {
    for (let request = requests[next++]; request; request = requests[next++]) await post(request);
  });
  await Promise.all(lanes);
}
