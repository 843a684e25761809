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
const rounds = 2;
/** People who write, each to one tenant. */
const customers = 2000;
const folder = await Deno.makeTempDir({ prefix: "bench-ingest-" });

console.log("setting the stage: 50 tenants on PostgreSQL 17");
const stage = await setStage({ tenants: 50, debounce: { ms: 120_000, maxMs: 120_000 } });
const functions = await startFunctions(stage);
const realtime = await followRealtime(stage.database.adminUrl);
const bare = await startBareReceiver(stage);
const ours = `${stage.functionsUrl}/webhook-whatsapp`;
let acknowledged = 0;
try {
  console.log("warming up: every connection plans for every tenant once");
  await load("closed-load.mjs", ours, connections, 6);
  console.log(`open load: ${openRate}/s for ${seconds} s`);
  const open = await load("open-load.mjs", ours, openRate, seconds);
  const best: { ours: LoadResult[]; bare: LoadResult[] } = { ours: [], bare: [] };
  for (let round = 1; round <= rounds; round++) {
    console.log(
      `closed load ${round} of ${rounds}: ${connections} connections, bare receiver and ours in turn`,
    );
    best.bare.push(await load("closed-load.mjs", bare.url, connections, 6));
    best.ours.push(await load("closed-load.mjs", ours, connections, 6));
  }
  const stored = await countMessages(stage);
  const top = best.ours.toSorted((a, b) => b.per_s - a.per_s)[0] ?? open;
  const bareTop = Math.max(...best.bare.map((result) => result.per_s));
  report(
    "ingest",
    {
      p50_ms: open.p50_ms,
      p99_ms: open.p99_ms,
      max_ms: open.max_ms,
      errors: open.errors + best.ours.reduce((sum, result) => sum + result.errors, 0),
      max_per_s: top.per_s,
      max_p50_ms: top.p50_ms,
      max_p99_ms: top.p99_ms,
      bare_per_s: bareTop,
      ratio: Math.round(top.per_s / bareTop * 100) / 100,
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
