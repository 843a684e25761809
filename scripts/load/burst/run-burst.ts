import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import { readReply, startReadingModel, textOf } from "../play/reading-model.ts";
import { phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { judge, type Verdict } from "../witness/judge.ts";

/** How hard the run is. */
export interface BurstOptions {
  sessions: number;
  /** Bursts of each session, one after the other; after four of them other people write. */
  rounds: number;
  /** Messages of one burst. */
  messages: number;
  /** Copies of every webhook, the first included. */
  copies: number;
  /** Webhooks in flight at once. */
  connections: number;
  tenants: number;
  /** Wait of a burst in milliseconds: after its last message, and after its first. */
  debounce: { ms: number; maxMs: number };
  say?: (line: string) => void;
}

/** What became of it; every count but the first should be 0. */
export interface BurstResult extends Verdict {
  bursts: number;
  /** Bursts that did not get exactly one reply, whose model had read all of it. */
  split: number;
  /** Replies whose model read the messages in another order than the customer wrote them. */
  out_of_order: number;
  /** Replies that went to somebody else than the one whose messages were read. */
  strayed: number;
  extra_model_calls: number;
  settled_s: number;
}

/**
 * Lets sessions write bursts, each webhook several times and in another order, and asks the replies themselves what was
 * read: the model names sender and numbers of the messages that it was shown.
 */
export async function runBurst(options: BurstOptions): Promise<BurstResult> {
  const say = options.say ?? (() => {});
  const model = startReadingModel();
  const product = await startProduct({
    tenants: options.tenants,
    debounce: options.debounce,
    tenantSettings: model.settings,
    settings: model.environment,
    simulator: { settings: { webhook_concurrency: options.connections } },
  });
  try {
    await product.stage.simulator.faults({ duplicate: options.copies - 1, reorder: true });
    let settledSeconds = 0;
    for (let round = 0; round < options.rounds; round++) {
      await writeRound(product, options, round);
      const settled = await untilQuiet(product, 600_000);
      settledSeconds += settled.seconds;
      say(`round ${round + 1} of ${options.rounds}, settled after ${settled.seconds} s`);
    }
    const ledger = await product.stage.simulator.ledger();
    const verdict = await judge(product.sql, product.stage.tenants, ledger);
    const bursts = options.sessions * options.rounds;
    return {
      bursts,
      ...judgeReplies(ledger, options),
      extra_model_calls: model.readings.length - verdict.turns,
      ...verdict,
      settled_s: Math.round(settledSeconds * 10) / 10,
    };
  } finally {
    await product.stop();
    await model.stop();
  }
}

/** A few sessions write at a time, as many as there are connections. */
async function writeRound(product: Product, options: BurstOptions, round: number): Promise<void> {
  let next = 0;
  async function writer(): Promise<void> {
    for (let session = next++; session < options.sessions; session = next++) {
      await writeBurst(product, options, session, round);
    }
  }
  await Promise.all(Array.from({ length: options.connections }, writer));
}

/** Nobody writes more than four bursts: who answers every reply within seconds is taken for a bot at the fifth. */
function personOf(session: number, round: number, sessions: number): number {
  return Math.floor(round / 4) * sessions + session;
}

/** The messages are a second apart by the provider's clock, which is all that tells their order. */
async function writeBurst({ stage }: Product, options: BurstOptions, session: number, round: number) {
  const phone = phoneOf(personOf(session, round, options.sessions));
  const tenant = stage.tenants[session % stage.tenants.length];
  const customer = stage.simulator.customer(phone, tenant?.phoneNumberId);
  const firstSecond = Math.floor(Date.now() / 1000) - options.messages;
  for (let index = 0; index < options.messages; index++) {
    const number = round * options.messages + index;
    await customer.say(textOf(phone, number), { timestamp: firstSecond + index });
  }
}

function judgeReplies(ledger: LedgerEvent[], { sessions, rounds, messages }: BurstOptions) {
  const read = new Map<string, number[][]>();
  const counts = { split: 0, out_of_order: 0, strayed: 0 };
  for (const event of ledger) {
    if (event.kind !== "outbound") continue;
    const reading = readReply(JSON.stringify(event.message));
    if (!reading || reading.phone !== event.customer) {
      counts.strayed += 1;
      continue;
    }
    read.set(reading.phone, [...read.get(reading.phone) ?? [], reading.numbers]);
    if (reading.numbers.some((number, index) => index > 0 && number <= (reading.numbers[index - 1] ?? 0))) {
      counts.out_of_order += 1;
    }
  }
  for (let session = 0; session < sessions; session++) {
    for (let round = 0; round < rounds; round++) {
      const replies = read.get(phoneOf(personOf(session, round, sessions))) ?? [];
      const burst = Array.from({ length: messages }, (_, index) => round * messages + index);
      const about = replies.filter((numbers) => numbers.some((number) => burst.includes(number)));
      const isWhole = about.length === 1 && burst.every((number) => about[0]?.includes(number));
      if (!isWhole) counts.split += 1;
    }
  }
  return counts;
}
