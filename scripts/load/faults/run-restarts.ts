import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import { startFunctions } from "../../stage/functions-process.ts";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { judge, type Verdict } from "../witness/judge.ts";

/** How hard the run is. */
export interface RestartsOptions {
  /** How often the database is stopped as by a crash, and started again. */
  restarts: number;
  /** Messages a second meanwhile. */
  rate: number;
  say?: (line: string) => void;
}

/** What became of it. */
export interface RestartsResult extends Verdict {
  restarts: number;
  /** Messages that the product answered while the database was away: all of them not with 200. */
  refused: number;
  /** How often the functions themselves died of it, and were started again as a host does; promised: 0. */
  process_deaths: number;
  /** Longest time from the database's return to the next acknowledged message, in seconds; promised: 5. */
  worst_recovery_s: number;
  settled_s: number;
}

/** Stops the database again and again while customers write. */
export async function runRestarts(options: RestartsOptions): Promise<RestartsResult> {
  const say = options.say ?? (() => {});
  const model = startReadingModel();
  const product = await startProduct({
    tenants: 3,
    debounce: { ms: 200, maxMs: 1_000 },
    tenantSettings: model.settings,
    // The silence outlasts what it is told apart from: the database's absence and return (5 s) and the provider's last pause
    // before it tells a status again (1 s). The product waits 120 s.
    settings: { ...model.environment, LEASE_SECONDS: "5", SEND_DEADLINE_SECONDS: "3", SILENCE_SECONDS: "15" },
    simulator: { settings: { retry_first_ms: 200, retry_max_ms: 1_000 } },
  });
  const writing = new AbortController();
  const { database, simulator, tenants } = product.stage;
  const host = keepRunning(product);
  try {
    const writers = write(product, options.rate, writing.signal);
    const returns: number[] = [];
    for (let restart = 1; restart <= options.restarts; restart++) {
      await pause(1_000 + Math.random() * 2_000);
      await database.crash();
      await pause(200 + Math.random() * 1_500);
      await database.startAgain();
      returns.push(Date.now());
      say(`${restart} of ${options.restarts} restarts`);
    }
    await pause(2_000);
    writing.abort();
    await writers;
    const settled = await untilQuiet(product, 300_000);
    host.stop();
    const ledger = await simulator.ledger();
    const recoveries = recoveriesOf(ledger, returns);
    say(`seconds until the next acknowledged message, restart by restart: ${recoveries.join(", ")}`);
    return {
      restarts: options.restarts,
      refused: ledger.filter((event) => event.kind === "inbound_refused").length,
      process_deaths: host.deaths(),
      worst_recovery_s: Math.max(0, ...recoveries),
      ...await judge(product.sql, tenants, ledger),
      settled_s: settled.seconds,
    };
  } finally {
    writing.abort();
    host.stop();
    await product.stop();
    await model.stop();
  }
}

/** Starts the functions again whenever they die, as their host does, and counts it. */
function keepRunning(product: Product) {
  let isStopped = false;
  let deaths = 0;
  async function watch(): Promise<void> {
    while (!isStopped) {
      await product.functions.ended;
      if (isStopped) return;
      deaths += 1;
      product.functions = await startFunctions(product.stage);
    }
  }
  watch().catch(() => {});
  return { deaths: () => deaths, stop: () => void (isStopped = true) };
}

async function write({ stage }: Product, rate: number, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  for (let sent = 0; !signal.aborted; sent++) {
    const tenant = stage.tenants[sent % stage.tenants.length];
    const phone = phoneOf(sent);
    await stage.simulator.customer(phone, tenant?.phoneNumberId).say(textOf(phone, sent));
    const early = startedAt + sent * 1000 / rate - Date.now();
    if (early > 0) await pause(early);
  }
}

/** From each return of the database to the next acknowledged message, in seconds. */
function recoveriesOf(ledger: LedgerEvent[], returns: number[]): number[] {
  const acknowledged = ledger.filter((event) => event.kind === "inbound_acknowledged")
    .map((event) => Date.parse(event.at));
  return returns.map((at) =>
    Math.round(((acknowledged.find((each) => each >= at) ?? Infinity) - at) / 100) / 10
  );
}
