/**
 * `npm run bench -- ingest [seconds]`: how fast a webhook is acknowledged, with everything stored before the 200.
 * Signed bytes over HTTP to the served function, 50 tenants, realtime rows and notifications on, the disk waited for.
 */
import { join } from "node:path";
import { startFunctions } from "../../stage/functions-process.ts";
import { textRequest, writeRequests } from "../../stage/requests.ts";
import { setStage, type Stage } from "../../stage/stage.ts";
import { report } from "../report.ts";
import { type LoadResult, runLoad } from "../run-load.ts";
import { startBareReceiver } from "./start-bare-receiver.ts";
import { countMessages, followRealtime } from "./watch.ts";

const seconds = Number(Deno.args[0] ?? 15);
const openRate = 320;
const connections = 50;
const rounds = 4;
/** People who write, each to one tenant. */
const customers = 2000;
/** Long enough for each of them to write, which makes a new contact. */
const warmUpSeconds = 20;
const folder = await Deno.makeTempDir({ prefix: "bench-ingest-" });

console.log("setting the stage: 50 tenants on PostgreSQL 17");
const stage = await setStage({ tenants: 50, debounce: { ms: 120_000, maxMs: 120_000 } });
const functions = await startFunctions(stage);
const realtime = await followRealtime(stage.database.adminUrl);
const bare = await startBareReceiver(stage);
const ours = `${stage.functionsUrl}/webhook-whatsapp`;
let acknowledged = 0;
try {
  console.log("warming up: everybody has written once, and every connection has planned for its tenants");
  await load("closed-load.mjs", ours, connections, warmUpSeconds);
  console.log(`open load: ${openRate}/s for ${seconds} s`);
  const open = await load("open-load.mjs", ours, openRate, seconds);
  const pairs: { ours: LoadResult; bare: LoadResult }[] = [];
  for (let round = 1; round <= rounds; round++) {
    console.log(
      `closed load ${round} of ${rounds}: ${connections} connections, bare receiver and ours in turn`,
    );
    pairs.push({
      bare: await load("closed-load.mjs", bare.url, connections, 6),
      ours: await load("closed-load.mjs", ours, connections, 6),
    });
  }
  const stored = await countMessages(stage);
  // The middle pair, by its ratio: one that the machine disturbed counts for nothing.
  const byRatio = pairs.toSorted((a, b) => ratioOf(a) - ratioOf(b));
  const middle = byRatio[Math.floor((byRatio.length - 1) / 2)];
  if (!middle) throw new Error("Cannot report: no pair was measured");
  report(
    "ingest",
    {
      p50_ms: open.p50_ms,
      p99_ms: open.p99_ms,
      max_ms: open.max_ms,
      errors: open.errors + pairs.reduce((sum, { ours }) => sum + ours.errors, 0),
      max_per_s: middle.ours.per_s,
      max_p50_ms: middle.ours.p50_ms,
      max_p99_ms: middle.ours.p99_ms,
      bare_per_s: middle.bare.per_s,
      ratio: ratioOf(middle),
      best_ratio: ratioOf(byRatio.at(-1) ?? middle),
      acknowledged,
      missing_rows: Math.max(0, acknowledged - stored),
      realtime_events: realtime.count(),
    },
    "postgres 17",
    [
      "stand-ins: load generator, functions and database share this machine; turns do not run (debounce 120 s)",
    ],
  );
} finally {
  await realtime.stop();
  await bare.stop();
  await functions.stop();
  await stage.stop();
  await Deno.remove(folder, { recursive: true });
}

function ratioOf(pair: { ours: LoadResult; bare: LoadResult }): number {
  return Math.round(pair.ours.per_s / pair.bare.per_s * 100) / 100;
}

async function load(generator: string, url: string, rate: number, duration: number): Promise<LoadResult> {
  const file = join(folder, "requests.jsonl");
  const isOpen = generator === "open-load.mjs";
  await prepare(file, isOpen ? rate * duration : 9000 * duration, stage);
  const result = await runLoad(generator, [url, file, rate, duration]);
  if (url === ours) acknowledged += result.acknowledged;
  console.log(`  ${JSON.stringify(result)}`);
  return result;
}

async function prepare(file: string, count: number, stage: Stage): Promise<void> {
  const requests = Array.from({ length: count }, (_, index) => {
    const customer = index * 7919 % customers;
    const tenant = stage.tenants[customer % stage.tenants.length];
    if (!tenant) throw new Error("Cannot prepare requests: the stage has no tenants");
    return textRequest(tenant, customer, "Hola, ¿cuánto cuestan 400 cajas?");
  });
  await writeRequests(file, requests);
}
