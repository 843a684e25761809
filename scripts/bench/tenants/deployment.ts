import { join } from "node:path";
import postgres from "postgres";
import { type FunctionsProcess, startFunctions } from "../../stage/functions-process.ts";
import { tapRequest, textRequest, writeRequests } from "../../stage/requests.ts";
import { setStage, type Stage } from "../../stage/stage.ts";
import { type LoadResult, runLoad } from "../run-load.ts";

/** How many people write, at least one to each tenant. */
const customers = 600;

/** A deployment with its tenants and functions, and what was measured of it. */
export interface Deployment {
  stage: Stage;
  functions: FunctionsProcess;
  /** The time of its database before the functions started. */
  startedAt: string;
  loads: LoadResult[];
}

/** Sets a deployment up on a cluster of its own. @param graphUrl Where replies go. */
export async function startDeployment(tenants: number, graphUrl: string): Promise<Deployment> {
  const stage = await setStage({
    tenants,
    debounce: { ms: 120_000, maxMs: 120_000 },
    settings: { META_GRAPH_BASE_URL: graphUrl },
  });
  const startedAt = await timeOf(stage);
  return { stage, functions: await startFunctions(stage), startedAt, loads: [] };
}

/** The time of a stage's database, as text. */
export async function timeOf(stage: Stage): Promise<string> {
  const [row] = await stage.database.sql<{ now: string }[]>`select now()::text as now`;
  return row?.now ?? "";
}

/** What the customers of a deployment do. */
export interface Load {
  generator: "open-load.mjs" | "closed-load.mjs";
  /** Requests a second of open load, connections of closed load. */
  amount: number;
  seconds: number;
  /** Texts wait for more to come, taps are answered at once. */
  kind: "text" | "tap";
}

/** Has customers write to all tenants in turn. Turns on texts are put off, so that they are in no other measurement's way. */
export async function writeTo({ stage }: Deployment, load: Load, folder: string): Promise<LoadResult> {
  const file = join(folder, "requests.jsonl");
  const isOpen = load.generator === "open-load.mjs";
  const count = isOpen ? load.amount * load.seconds : 4000 * load.seconds;
  await writeRequests(file, Array.from({ length: count }, (_, index) => requestOf(stage, load.kind, index)));
  const url = `${stage.functionsUrl}/webhook-whatsapp`;
  const result = await runLoad(load.generator, [url, file, load.amount, load.seconds]);
  if (load.kind === "text") await putOffTurns(stage);
  const { acknowledged, errors, p50_ms, p99_ms } = result;
  console.log(
    `  ${stage.tenants.length} tenants: ${acknowledged} stored, ${errors} errors, p50 ${p50_ms} ms, p99 ${p99_ms} ms`,
  );
  return result;
}

function requestOf(stage: Stage, kind: Load["kind"], index: number) {
  // Neighbours in time belong to different tenants; who taps has never written.
  const customer = kind === "tap"
    ? 1_000_000 + index
    : (index * 7919) % Math.max(customers, stage.tenants.length);
  const tenant = stage.tenants[customer % stage.tenants.length];
  if (!tenant) throw new Error("Cannot prepare requests: the stage has no tenants");
  return kind === "tap"
    ? tapRequest(tenant, customer, "Quiero cajas")
    : textRequest(tenant, customer, "Hola, ¿cuánto cuestan 400 cajas?");
}

async function putOffTurns(stage: Stage): Promise<void> {
  const sql = postgres(stage.database.adminUrl, { max: 1 });
  await sql`
    update private.due_work set due_at = now() + interval '1 day', first_due_at = now() + interval '1 day'`;
  await sql.end();
}
