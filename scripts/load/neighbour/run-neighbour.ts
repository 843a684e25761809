import { percentile } from "../../bench/report.ts";
import { pause, phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { delaysOf, judge, type Verdict } from "../witness/judge.ts";

/** How hard the run is. */
export interface NeighbourOptions {
  /** Messages a second of a tenant in calm times. */
  rate: number;
  /** How much more the loud one sends. */
  times: number;
  /** How long each half of the run takes, in seconds. */
  seconds: number;
  say?: (line: string) => void;
}

/** What became of it. */
export interface NeighbourResult extends Verdict {
  calm_p95_ms: number;
  loud_p95_ms: number;
  /** How much longer the quiet tenant's customers wait at the 95th percentile; promised: 20 at most. */
  neighbour_slowdown_pct: number;
  /** Replies of the quiet tenant in the loud half. */
  quiet_replies: number;
}

/** Lets two tenants work alike, then one of them ten times as much, and compares how long the other's customers wait. */
export async function runNeighbour(options: NeighbourOptions): Promise<NeighbourResult> {
  const say = options.say ?? (() => {});
  const model = startReadingModel();
  const product = await startProduct({
    tenants: 2,
    debounce: { ms: 500, maxMs: 2_000 },
    tenantSettings: model.settings,
    settings: model.environment,
  });
  try {
    const calm = await playHalf(product, options, 1, 0);
    say(`calm: ${calm.length} replies`);
    const loud = await playHalf(product, options, options.times, 100_000);
    say(`loud: ${loud.length} replies`);
    const [calmP95, loudP95] = [percentile(calm, 0.95), percentile(loud, 0.95)];
    const verdict = await judge(product.sql, product.stage.tenants, await product.stage.simulator.ledger());
    return {
      calm_p95_ms: calmP95,
      loud_p95_ms: loudP95,
      neighbour_slowdown_pct: Math.round((loudP95 / Math.max(1, calmP95) - 1) * 100),
      quiet_replies: loud.length,
      ...verdict,
    };
  } finally {
    await product.stop();
    await model.stop();
  }
}

/** @returns How long the quiet tenant's customers waited, in milliseconds. */
async function playHalf(product: Product, options: NeighbourOptions, times: number, from: number) {
  const { simulator, tenants: [loud, quiet] } = product.stage;
  const before = (await simulator.ledger()).length;
  await Promise.all([
    write(product, loud?.phoneNumberId, options.rate * times, options.seconds, from),
    write(product, quiet?.phoneNumberId, options.rate, options.seconds, from + 50_000),
  ]);
  await untilQuiet(product, 300_000);
  return delaysOf(await simulator.ledger(before))
    .filter(({ phoneNumberId }) => phoneNumberId === quiet?.phoneNumberId).map(({ ms }) => ms);
}

/** Everybody writes once, so that each message is a turn of its own. */
async function write(
  { stage }: Product,
  number: string | undefined,
  rate: number,
  seconds: number,
  from: number,
): Promise<void> {
  const startedAt = Date.now();
  for (let sent = 0; sent < rate * seconds; sent++) {
    const phone = phoneOf(from + sent);
    await stage.simulator.customer(phone, number).say(textOf(phone, sent));
    const early = startedAt + sent * 1000 / rate - Date.now();
    if (early > 0) await pause(early);
  }
}
