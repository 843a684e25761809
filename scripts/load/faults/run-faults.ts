import type { Fault } from "@app/models/testing.ts";
import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import type { Sql } from "postgres";
import type { StagedTenant } from "../../stage/tenants.ts";
import { startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, type Product, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { judge, type Verdict } from "../witness/judge.ts";

/** How hard the run is. */
export interface FaultsOptions {
  /** Customers; each writes once and gets one turn. */
  turns: number;
  /** Customers a second. */
  rate: number;
  /** How long a model may take, in milliseconds; a model that hangs costs it. */
  modelTimeoutMs: number;
  say?: (line: string) => void;
}

/** What became of it. */
export interface FaultsResult extends Verdict {
  /** Customers who got neither a reply nor a person. */
  abandoned: number;
  /** Customers whose conversation waits for a person. */
  persons: number;
  /** Longest time from an acknowledged message to a reply or a person, in seconds; promised: 120. */
  worst_answer_s: number;
  settled_s: number;
}

/** A fifth of the model calls goes wrong, in one of these ways. */
const modelFaults: Fault[] = [
  { status: 429, retryAfter: "1" },
  { status: 529 },
  "hang",
  "hang_in_stream",
  "garbage",
  "cut_stream",
  "empty",
  "html",
  "foreign_json",
  "huge",
];
const modelFaultRate = 0.2;

/** Lets the Graph API and the model fail in every way that they have, and sees who is left without an answer. */
export async function runFaults(options: FaultsOptions): Promise<FaultsResult> {
  const say = options.say ?? (() => {});
  let call = 0;
  const model = startReadingModel({
    timeoutMs: options.modelTimeoutMs,
    // In turn rather than by chance: a short run meets all of them too.
    fault: () =>
      call++ % Math.round(1 / modelFaultRate) === 1 ? modelFaults[Math.floor(call / 5) % 10] ?? null : null,
  });
  const product = await startProduct({
    tenants: 3,
    debounce: { ms: 200, maxMs: 1_000 },
    tenantSettings: model.settings,
    settings: {
      ...model.environment,
      LEASE_SECONDS: "10",
      TURN_DEADLINE_SECONDS: "60",
      SEND_DEADLINE_SECONDS: "3",
      SILENCE_SECONDS: "10",
    },
  });
  try {
    const { simulator } = product.stage;
    await simulator.faults({
      status_429: { rate: 0.03 },
      status_5xx: { rate: 0.03 },
      reset_before_accept: { rate: 0.02 },
      reset_after_accept: { rate: 0.02 },
      timeout_after_accept: { rate: 0.02 },
      html_after_accept: { rate: 0.02 },
      html_before_accept: { rate: 0.02 },
      timeout_ms: 4_000,
      slow_body_ms: 50,
    });
    await write(product, options);
    const settled = await untilQuiet(product, 600_000);
    say(`settled after ${settled.seconds} s`);
    const ledger = await simulator.ledger();
    const calledAt = await readPersons(product.sql, product.stage.tenants);
    const verdict = await judge(product.sql, product.stage.tenants, ledger);
    return { ...verdict, ...judgeAnswers(ledger, calledAt), settled_s: settled.seconds };
  } finally {
    await product.stop();
    await model.stop();
  }
}

async function write({ stage }: Product, { turns, rate, say }: FaultsOptions): Promise<void> {
  const startedAt = Date.now();
  for (let customer = 0; customer < turns; customer++) {
    const tenant = stage.tenants[customer % stage.tenants.length];
    const phone = phoneOf(customer);
    await stage.simulator.customer(phone, tenant?.phoneNumberId).say(textOf(phone, customer));
    const early = startedAt + customer * 1000 / rate - Date.now();
    if (early > 0) await pause(early);
    if ((customer + 1) % 200 === 0) say?.(`${customer + 1} customers`);
  }
}

/** When a person was called to a customer, in milliseconds since 1970, by phone. */
async function readPersons(sql: Sql, tenants: StagedTenant[]): Promise<Map<string, number>> {
  const called = new Map<string, number>();
  for (const tenant of tenants) {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('search_path', ${tenant.schemaName}, true)`;
      const rows = await transaction<{ phone: string; at: number }[]>`
        select i.external_id as phone, extract(epoch from min(e.created_at))::float8 * 1000 as at
        from escalations e join sessions s on s.id = e.session_id
        join contact_identities i on i.contact_id = s.contact_id and i.kind = 'phone'
        group by i.external_id`;
      for (const { phone, at } of rows) called.set(phone, at);
    });
  }
  return called;
}

function judgeAnswers(ledger: LedgerEvent[], calledAt: Map<string, number>) {
  const acknowledgedAt = new Map<string, number>();
  const repliedAt = new Map<string, number>();
  for (const event of ledger) {
    if (event.kind === "inbound_acknowledged") acknowledgedAt.set(event.customer, Date.parse(event.at));
    if (event.kind === "outbound" && !repliedAt.has(event.customer)) {
      repliedAt.set(event.customer, Date.parse(event.at));
    }
  }
  const waits = [...acknowledgedAt].map(([customer, since]) =>
    Math.min(repliedAt.get(customer) ?? Infinity, calledAt.get(customer) ?? Infinity) - since
  );
  const answered = waits.filter(Number.isFinite);
  return {
    abandoned: waits.length - answered.length,
    persons: calledAt.size,
    worst_answer_s: Math.round(Math.max(0, ...answered) / 100) / 10,
  };
}
