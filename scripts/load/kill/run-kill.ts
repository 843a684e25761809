import postgres from "postgres";
import { type FunctionsProcess, startFunctions } from "../../stage/functions-process.ts";
import { startSchedule } from "../../stage/schedule.ts";
import { setStage, type Stage } from "../../stage/stage.ts";
import { judge, type Verdict } from "./judge.ts";

/** How hard the run is. */
export interface KillOptions {
  /** How often the functions are killed with SIGKILL. */
  kills: number;
  /** People who write, spread over the tenants. */
  customers: number;
  /** Messages a second, all customers together. */
  rate: number;
  /** Seconds; the product's default is 50, tests use little. */
  leaseSeconds: number;
  say?: (line: string) => void;
}

/** What became of it: the verdict, how many kills there were, and how long the calm after the storm took. */
export interface KillResult extends Verdict {
  kills: number;
  settled_s: number;
}

const sweepMs = 1000;

/**
 * Lets customers write while the functions are killed from outside at random moments, then waits until nothing is left
 * to do and asks the simulator's ledger, which lives in another process, what really happened.
 */
export async function runKill(options: KillOptions): Promise<KillResult> {
  const say = options.say ?? (() => {});
  const stage = await setStage({
    tenants: 3,
    debounce: { ms: 200, maxMs: 1000 },
    settings: {
      LEASE_SECONDS: String(options.leaseSeconds),
      SWEEP_SECONDS: "1",
      SEND_DEADLINE_SECONDS: "2",
      SILENCE_SECONDS: "4",
    },
  });
  const stopSchedule = startSchedule(stage, sweepMs);
  let functions = await startFunctions(stage);
  // Accepted at once, answered late: many kills fall between the provider's yes and our knowing of it.
  await stage.simulator.faults({ answer_delay_ms: 200 });
  const writing = new AbortController();
  try {
    const writers = write(stage, options, writing.signal);
    for (let kill = 1; kill <= options.kills; kill++) {
      await pause(300 + Math.random() * 2200);
      functions = await killAndRestart(stage, functions);
      if (kill % 5 === 0) say(`${kill} kills`);
    }
    writing.abort();
    await writers;
    const settledMs = await untilQuiet(stage, (options.leaseSeconds + 30) * 1000);
    const sql = postgres(stage.database.adminUrl, { max: 1 });
    const verdict = await judge(sql, stage.tenants, await stage.simulator.ledger());
    await sql.end();
    return { kills: options.kills, ...verdict, settled_s: Math.round(settledMs / 100) / 10 };
  } finally {
    writing.abort();
    stopSchedule();
    await functions.stop();
    await stage.stop();
  }
}

async function killAndRestart(stage: Stage, functions: FunctionsProcess): Promise<FunctionsProcess> {
  await functions.kill();
  return await startFunctions(stage);
}

async function write(stage: Stage, options: KillOptions, signal: AbortSignal): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    const person = Math.floor(Math.random() * options.customers);
    const tenant = stage.tenants[person % stage.tenants.length];
    const phone = String(59_160_000_000 + person);
    await stage.simulator.customer(phone, tenant?.phoneNumberId).say(
      `from=${phone} necesito ${number} cajas`,
    );
    await pause(1000 / options.rate);
  }
}

/** Waits until no work is due and no message is on its way. */
async function untilQuiet(stage: Stage, patienceMs: number): Promise<number> {
  const startedAt = Date.now();
  const sql = postgres(stage.database.adminUrl, { max: 1 });
  try {
    while (Date.now() - startedAt < patienceMs) {
      const [due] = await sql<{ count: number }[]>`select count(*)::int as count from private.due_work`;
      const unacknowledged = await countUnacknowledged(stage);
      if (due?.count === 0 && unacknowledged === 0) break;
      await pause(250);
    }
  } finally {
    await sql.end();
  }
  return Date.now() - startedAt;
}

async function countUnacknowledged(stage: Stage): Promise<number> {
  const open = new Set<string>();
  for (const event of await stage.simulator.ledger()) {
    if (event.kind === "inbound") open.add(event.wamid);
    if (event.kind === "inbound_acknowledged") open.delete(event.wamid);
  }
  return open.size;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
