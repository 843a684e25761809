/**
 * `npm run bench -- tenants [most]`: what many tenants cost. Deployments with 1, 100 and 500 tenants (or `most`) stand side
 * by side and are measured in turn, so that whatever else the machine does slows all of them alike.
 */
import { join } from "node:path";
import { startFunctions } from "../../stage/functions-process.ts";
import { textRequest, writeRequests } from "../../stage/requests.ts";
import { setStage, type Stage } from "../../stage/stage.ts";
import { percentile, report } from "../report.ts";
import { type LoadResult, runLoad } from "../run-load.ts";
import { startGraphStandIn } from "../turns/start-graph-stand-in.ts";
import { makeAllDue, readTurns, untilCommitted } from "../turns/read-turns.ts";
import { measureFirstAnswer, measureProvisioning } from "./provisioning.ts";
import { backendsSince, megabytesOf } from "./server.ts";

const most = Number(Deno.args[0] ?? 500);
const levels = [1, Math.max(2, Math.round(most / 5)), most];
const rounds = 5;
const [rate, seconds, customers] = [120, 5, 600];
const folder = await Deno.makeTempDir({ prefix: "bench-tenants-" });
const graph = await startGraphStandIn();
const sides: Side[] = [];

/** A deployment, its functions, and what was measured of it. */
interface Side {
  stage: Stage;
  functions: Awaited<ReturnType<typeof startFunctions>>;
  startedAt: string;
  loads: LoadResult[];
  turns: number[];
}

const figures: Record<string, number> = {};
try {
  for (const tenants of levels) {
    console.log(`setting the stage: ${tenants} tenants on PostgreSQL 17`);
    const startedAt = performance.now();
    const stage = await setStage({
      tenants,
      debounce: { ms: 120_000, maxMs: 120_000 },
      settings: { META_GRAPH_BASE_URL: graph.url },
    });
    console.log(`  ${Math.round(performance.now() - startedAt)} ms`);
    const [now] = await stage.database.sql<{ now: string }[]>`select now()::text as now`;
    sides.push({
      stage,
      functions: await startFunctions(stage),
      startedAt: now?.now ?? "",
      loads: [],
      turns: [],
    });
  }
  await measureIngest();
  await measureTurns();
  const largest = sides.at(-1);
  if (!largest) throw new Error("Cannot measure: there is no deployment");
  await measureMemory(largest);
  const [small, large] = [await megabytesOf(sides[0]?.stage), await megabytesOf(largest.stage)];
  figures.size_mb = round((large - small) / (most - 1));
  figures.provision_ms_1 = await measureProvisioning(sides[0]?.stage ?? largest.stage);
  figures.provision_ms = await measureProvisioning(largest.stage);
  figures.first_answer_ms = await measureFirstAnswer(largest.stage);
  await largest.functions.stop();
  await measureCrash(largest.stage);
  report("tenants", figures, "postgres 17", [
    `p50_ms_${most} is ${round((figures[`p50_ms_${most}`] ?? 0) / (figures.p50_ms_1 || 1))} times p50_ms_1`,
    `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
    "stand-ins: the offline model, and a provider that accepts every message; load, functions and databases share this machine",
  ]);
} finally {
  for (const { functions, stage } of sides) {
    await functions.stop().catch(() => {});
    await stage.stop();
  }
  await graph.stop();
  await Deno.remove(folder, { recursive: true });
}

/** Every connection first serves each of its tenants, as after the first minutes of a deployment. */
async function measureIngest(): Promise<void> {
  for (const side of sides) await load(side, "closed-load.mjs", 24, Math.max(3, Math.round(most / 60)));
  for (let number = 1; number <= rounds; number++) {
    for (const side of sides) side.loads.push(await load(side, "open-load.mjs", rate, seconds));
  }
  for (const { stage, loads } of sides) {
    const count = stage.tenants.length;
    figures[`p50_ms_${count}`] = percentile(loads.map((load) => load.p50_ms), 0.5);
    figures[`p99_ms_${count}`] = percentile(loads.map((load) => load.p99_ms), 0.5);
    figures[`errors_${count}`] = loads.reduce((sum, load) => sum + load.errors, 0);
  }
}

async function load({ stage }: Side, generator: string, amount: number, duration: number) {
  const file = join(folder, "requests.jsonl");
  const count = generator === "open-load.mjs" ? amount * duration : 4000 * duration;
  await writeRequests(
    file,
    Array.from({ length: count }, (_, index) => {
      const customer = (index * 7919) % Math.max(customers, stage.tenants.length);
      const tenant = stage.tenants[customer % stage.tenants.length];
      if (!tenant) throw new Error("Cannot prepare requests: the stage has no tenants");
      return textRequest(tenant, customer, "Hola, ¿cuánto cuestan 400 cajas?");
    }),
  );
  const url = `${stage.functionsUrl}/webhook-whatsapp`;
  const result = await runLoad(generator, [url, file, amount, duration]);
  console.log(`  ${stage.tenants.length} tenants: ${JSON.stringify(result)}`);
  return result;
}

/** Everything that was stored becomes due at once, deployment by deployment. */
async function measureTurns(): Promise<void> {
  for (const { stage } of sides) {
    await makeAllDue(stage);
    await fetch(`${stage.functionsUrl}/process-pending`, {
      method: "POST",
      headers: { apikey: stage.secretKey },
    });
    await untilCommitted(stage, Math.max(customers, stage.tenants.length), 300_000);
    const { latencies } = await readTurns(stage);
    figures[`turn_p50_ms_${stage.tenants.length}`] = percentile(latencies, 0.5);
  }
}

/** A backend that serves all tenants, beside those of a pool whose connections keep to theirs. */
async function measureMemory(side: Side): Promise<void> {
  figures.pooled_backend_mb = Math.max(...await backendsSince(side.stage, side.startedAt));
  await side.functions.stop();
  const [now] = await side.stage.database.sql<{ now: string }[]>`select now()::text as now`;
  const alone = { ...side.stage, environment: { ...side.stage.environment, DATABASE_POOL_SIZE: "1" } };
  side.functions = await startFunctions(alone);
  await load(side, "closed-load.mjs", 4, Math.max(3, Math.round(most / 60)));
  figures.lone_backend_mb = Math.max(...await backendsSince(side.stage, now?.now ?? ""));
  await side.functions.stop();
  side.functions = await startFunctions(side.stage);
}

async function measureCrash(stage: Stage): Promise<void> {
  await stage.database.crash();
  const startedAt = performance.now();
  await stage.database.startAgain();
  figures.crash_restart_ms = Math.round(performance.now() - startedAt);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
