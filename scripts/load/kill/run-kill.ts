import { startFunctions } from "../../stage/functions-process.ts";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, type Product, startProduct, sweepMs } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { judge, type Verdict } from "../witness/judge.ts";
import { watchTakeover } from "./watch-takeover.ts";

/** How hard the run is. */
export interface KillOptions {
  /** How often the functions are killed with SIGKILL. */
  kills: number;
  /** The longest that a process works before it is killed, in milliseconds; the shortest is 300. */
  longestLifeMs: number;
  /** Of those, so many while the provider gives neither answers nor statuses. */
  silentKills: number;
  /** How often they are frozen for longer than the lease while another process takes over, and then go on. */
  freezes: number;
  /** People who write at a time, spread over the tenants; after some messages each makes room for somebody new. */
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
  freezes: number;
  /** Model calls beyond one for each turn that was committed. */
  extra_model_calls: number;
  /** Calls beyond one for each turn that was begun: what no death explains. */
  unexplained_model_calls: number;
  /** Longest time from a death until somebody else had the session, in seconds; promised: lease + sweep + 5. */
  worst_takeover_s: number;
  settled_s: number;
}

/**
 * After so many messages a customer makes room for somebody new: a conversation whose worker died twice is with a person
 * (at most one extra model call), so a fixed crowd would soon leave the bot with nothing to do.
 */
const messagesEach = 5;

/** Longest silence that a message waits for its status, in seconds. */
const silenceSeconds = 4;

/**
 * Lets customers write while the functions are killed from outside at random moments, then waits until nothing is left
 * to do and asks the simulator's ledger, which lives in another process, what really happened.
 */
export async function runKill(options: KillOptions): Promise<KillResult> {
  const say = options.say ?? (() => {});
  const model = startReadingModel({ delayMs: 300 });
  const product = await startProduct({
    tenants: 3,
    debounce: { ms: 200, maxMs: 1000 },
    tenantSettings: model.settings,
    settings: {
      ...model.environment,
      LEASE_SECONDS: String(options.leaseSeconds),
      SEND_DEADLINE_SECONDS: "2",
      SILENCE_SECONDS: String(silenceSeconds),
    },
  });
  const writing = new AbortController();
  let worstTakeoverMs = 0;
  try {
    // Accepted at once, answered late: many kills fall between the provider's yes and our knowing of it.
    await product.stage.simulator.faults({ answer_delay_ms: 200 });
    const writers = write(product, options, writing.signal);
    for (let kill = 1; kill <= options.kills; kill++) {
      if (kill === options.kills - options.silentKills + 1) await silence(product);
      await pause(300 + Math.random() * (options.longestLifeMs - 300));
      worstTakeoverMs = Math.max(worstTakeoverMs, await killOnce(product));
      if (kill % 5 === 0) say(`${kill} kills`);
    }
    await product.stage.simulator.faults({ drop_statuses: [], timeout_after_accept: { next: 0 } });
    for (let freeze = 1; freeze <= options.freezes; freeze++) {
      await freezeOnce(product, options.leaseSeconds);
      say(`${freeze} freezes`);
    }
    writing.abort();
    await writers;
    const settled = await untilQuiet(product, (options.leaseSeconds + 120) * 1000);
    const verdict = await judge(product.sql, product.stage.tenants, await product.stage.simulator.ledger());
    return {
      kills: options.kills,
      freezes: options.freezes,
      extra_model_calls: model.readings.length - verdict.turns,
      unexplained_model_calls: Math.max(0, model.readings.length - verdict.begun),
      worst_takeover_s: Math.round(worstTakeoverMs / 100) / 10,
      ...verdict,
      settled_s: settled.seconds,
    };
  } finally {
    writing.abort();
    await product.stop();
    await model.stop();
  }
}

/** From here on some answers and all statuses are missing: nobody can know what the provider has done. */
async function silence({ stage }: Product): Promise<void> {
  await stage.simulator.faults({
    drop_statuses: ["sent", "delivered", "read", "failed"],
    timeout_after_accept: { rate: 0.2 },
    timeout_ms: 5_000,
  });
}

/** @returns How long the sessions of the dead process waited for another one, in milliseconds. */
async function killOnce(product: Product): Promise<number> {
  await product.functions.kill();
  const takeover = watchTakeover(product.sql);
  product.functions = await startFunctions(product.stage);
  return await takeover;
}

/**
 * Freezes the process for longer than its leases while another one takes its sessions, then lets it go on in the middle
 * of whatever it did.
 */
async function freezeOnce(product: Product, leaseSeconds: number): Promise<void> {
  const frozen = product.functions;
  frozen.freeze();
  const other = await startFunctions(product.stage.besideFunctions());
  await pause(leaseSeconds * 1000 + 2 * sweepMs);
  frozen.thaw();
  await pause(1_000);
  await other.stop();
}

async function write(product: Product, options: KillOptions, signal: AbortSignal): Promise<void> {
  const { simulator, tenants } = product.stage;
  for (let number = 0; !signal.aborted; number++) {
    const person = Math.floor(number / messagesEach) + Math.floor(Math.random() * options.customers);
    const tenant = tenants[person % tenants.length];
    const phone = phoneOf(person);
    await simulator.customer(phone, tenant?.phoneNumberId).say(textOf(phone, number));
    await pause(1000 / options.rate);
  }
}
