/**
 * `npm run bench -- tenants [most]`: what many tenants cost. Deployments with 1, a fifth of `most` and `most` (default 500)
 * tenants stand side by side and are measured in turn, so that whatever else the machine does slows all of them alike.
 * About six minutes with 500.
 */
import { startFunctions } from "../../stage/functions-process.ts";
import { percentile, report } from "../report.ts";
import { readTurns, untilCommitted } from "../turns/read-turns.ts";
import { startGraphStandIn } from "../turns/start-graph-stand-in.ts";
import { type Deployment, startDeployment, timeOf, writeTo } from "./deployment.ts";
import { measureFirstAnswer, measureProvisioning } from "./provisioning.ts";
import { backendsSince, megabytesOf } from "./server.ts";

const most = Number(Deno.args[0] ?? 500);
const levels = [1, Math.max(2, Math.round(most / 5)), most];
const rounds = 5;
const [messagesPerSecond, tapsPerSecond, seconds] = [120, 8, 5];
/** Long enough for a connection to serve each of its tenants, as after the first minutes of a deployment. */
const warmUpSeconds = Math.max(3, Math.round(most / 60));

const folder = await Deno.makeTempDir({ prefix: "bench-tenants-" });
const graph = await startGraphStandIn();
const deployments: Deployment[] = [];
const figures: Record<string, number> = {};
const beganAt = performance.now();
try {
  for (const tenants of levels) {
    say(`setting the stage: ${tenants} tenants on PostgreSQL 17`);
    deployments.push(await startDeployment(tenants, graph.url));
  }
  const [smallest, largest] = [deployments[0], deployments.at(-1)];
  if (!smallest || !largest) throw new Error("Cannot measure: there is no deployment");
  await measureSize(smallest, largest);
  await measureIngest();
  await measureTurns();
  await measureMemory(largest);
  say("provisioning: 15 tenants each, then 5 until the first message is answered");
  figures.provision_ms_1 = await measureProvisioning(smallest.stage);
  figures.provision_ms = await measureProvisioning(largest.stage);
  figures.first_answer_ms = await measureFirstAnswer(largest.stage);
  await measureCrash(largest);
  report("tenants", figures, "postgres 17", [
    `p50_ms_${most} is ${round((figures[`p50_ms_${most}`] ?? 0) / (figures.p50_ms_1 || 1))} times p50_ms_1`,
    `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
    `${messagesPerSecond} messages/s, then ${tapsPerSecond} turns/s; first_answer_ms from the start of provisioning until the provider has the reply`,
    "stand-ins: the offline model, and a provider that accepts every message; load, functions and databases share this machine",
  ]);
} finally {
  for (const { functions, stage } of deployments) {
    await functions.stop().catch(() => {});
    await stage.stop();
  }
  await graph.stop();
  await Deno.remove(folder, { recursive: true });
}

/** How long a webhook takes until its message is stored. */
async function measureIngest(): Promise<void> {
  say(`messages: every connection meets its tenants for ${warmUpSeconds} s`);
  for (const deployment of deployments) {
    await writeTo(
      deployment,
      { generator: "closed-load.mjs", amount: 24, seconds: warmUpSeconds, kind: "text" },
      folder,
    );
  }
  for (let number = 1; number <= rounds; number++) {
    say(`messages: round ${number} of ${rounds}, ${messagesPerSecond}/s`);
    for (const deployment of deployments) {
      const load = {
        generator: "open-load.mjs",
        amount: messagesPerSecond,
        seconds,
        kind: "text",
      } as const;
      deployment.loads.push(await writeTo(deployment, load, folder));
    }
  }
  for (const { stage, loads } of deployments) {
    const count = stage.tenants.length;
    figures[`p50_ms_${count}`] = percentile(loads.map((load) => load.p50_ms), 0.5);
    figures[`p99_ms_${count}`] = percentile(loads.map((load) => load.p99_ms), 0.5);
    figures[`errors_${count}`] = loads.reduce((sum, load) => sum + load.errors, 0);
  }
}

/** How long a turn takes from opened to committed while a few come each second. */
async function measureTurns(): Promise<void> {
  for (const deployment of deployments) {
    const { stage } = deployment;
    say(`turns: ${tapsPerSecond}/s with ${stage.tenants.length} tenants`);
    const load = {
      generator: "open-load.mjs",
      amount: tapsPerSecond,
      seconds: 3 * seconds,
      kind: "tap",
    } as const;
    const { acknowledged } = await writeTo(deployment, load, folder);
    await untilCommitted(stage, acknowledged, 120_000);
    const { latencies } = await readTurns(stage);
    figures[`turn_p50_ms_${stage.tenants.length}`] = percentile(latencies, 0.5);
    figures[`turn_p99_ms_${stage.tenants.length}`] = percentile(latencies, 0.99);
  }
}

/** A backend that serves all tenants, beside those of a pool whose connections keep to theirs. */
async function measureMemory(deployment: Deployment): Promise<void> {
  say("memory: one connection for all tenants");
  figures.pooled_backend_mb = Math.max(...await backendsSince(deployment.stage, deployment.startedAt));
  await deployment.functions.stop();
  const since = await timeOf(deployment.stage);
  const environment = { ...deployment.stage.environment, DATABASE_POOL_SIZE: "1" };
  deployment.functions = await startFunctions({ ...deployment.stage, environment });
  await writeTo(
    deployment,
    { generator: "closed-load.mjs", amount: 4, seconds: warmUpSeconds, kind: "text" },
    folder,
  );
  figures.lone_backend_mb = Math.max(...await backendsSince(deployment.stage, since));
  await deployment.functions.stop();
  deployment.functions = await startFunctions(deployment.stage);
}

/** Disk per tenant: what the larger deployment has more, by tenant that it has more. */
async function measureSize(smallest: Deployment, largest: Deployment): Promise<void> {
  const more = await megabytesOf(largest.stage) - await megabytesOf(smallest.stage);
  figures.size_mb = round(more / (most - 1));
}

/** The database dies as the power fails, and is asked to come back. */
async function measureCrash({ functions, stage }: Deployment): Promise<void> {
  say("crash: the database dies and recovers");
  await functions.stop();
  await stage.database.crash();
  const startedAt = performance.now();
  await stage.database.startAgain();
  figures.crash_restart_ms = Math.round(performance.now() - startedAt);
}

function say(phase: string): void {
  console.log(`${String(Math.round((performance.now() - beganAt) / 1000)).padStart(4)} s  ${phase}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
