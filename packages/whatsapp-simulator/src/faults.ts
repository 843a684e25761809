import { z } from "zod";

/** When a fault strikes: the next `n` times, or with a probability. */
const chance = z.union([
  z.object({ next: z.number().int().min(0).max(1_000_000) }).strict(),
  z.object({ rate: z.number().min(0).max(1) }).strict(),
]);

/** Everything that can be made to go wrong. A key that is left out keeps its value; see the README for each. */
export const faultSettings = z.object({
  /** Webhooks: how many extra times each one is sent, at once. */
  duplicate: z.number().int().min(0).max(50),
  /** Webhooks: updates are held for up to 400 ms, four at a time, and leave in reverse order. */
  reorder: z.boolean(),
  /** Webhooks: milliseconds that each one waits before it leaves. */
  delay_ms: z.number().int().min(0).max(600_000),
  /** Webhooks: statuses that never leave. The ledger keeps them, marked `dropped`. */
  drop_statuses: z.array(z.enum(["sent", "delivered", "read", "played", "failed"])),
  /** Graph: answer 500 with code 131000; nothing is accepted. */
  status_5xx: chance,
  /** Graph: answer 429 with code 130429; nothing is accepted. */
  status_429: chance,
  /** Graph: refuse with `error_code`; nothing is accepted. */
  error: chance,
  /** The code that `error` answers, default 131056 (pair limit); its HTTP status is the vendor's. */
  error_code: z.number().int(),
  /** Graph: no answer for `timeout_ms`; nothing is accepted. */
  timeout_before_accept: chance,
  /** Graph: the message is accepted and goes its way, but the answer does not come for `timeout_ms`. */
  timeout_after_accept: chance,
  /** Milliseconds before a timed-out request is closed with 504, default 60,000. */
  timeout_ms: z.number().int().min(1).max(600_000),
  /** Graph: the connection is reset before anything is accepted. */
  reset_before_accept: chance,
  /** Graph: the message is accepted, then the connection is reset instead of answering. */
  reset_after_accept: chance,
  /** Graph: a proxy answers 502 with a page of HTML; nothing is accepted. */
  html_before_accept: chance,
  /** Graph: the message is accepted, but the answer is 200 with a page of HTML. */
  html_after_accept: chance,
  /** Graph: milliseconds between accepting and answering; statuses may come before the answer. */
  answer_delay_ms: z.number().int().min(0).max(600_000),
  /** Graph: milliseconds that the body of an answer takes after its head. */
  slow_body_ms: z.number().int().min(0).max(600_000),
  /** Graph: accept, then report `failed` instead of delivering. */
  fail_later: chance,
  /** The code that `fail_later` reports, default 131026 (undeliverable). */
  fail_later_code: z.number().int(),
  /** Whether a closed 24-hour window is told at once, or as a `failed` status after acceptance. */
  window_error: z.enum(["at_once", "later"]),
}).strict();

/** Parsed form of {@linkcode faultSettings}. */
export type FaultSettings = z.infer<typeof faultSettings>;

/** The faults that strike by chance or count. */
export type ChanceFault = {
  [Key in keyof FaultSettings]: FaultSettings[Key] extends z.infer<typeof chance> ? Key : never;
}[keyof FaultSettings];

const NONE: FaultSettings = {
  duplicate: 0,
  reorder: false,
  delay_ms: 0,
  drop_statuses: [],
  status_5xx: { next: 0 },
  status_429: { next: 0 },
  error: { next: 0 },
  error_code: 131056,
  timeout_before_accept: { next: 0 },
  timeout_after_accept: { next: 0 },
  timeout_ms: 60_000,
  reset_before_accept: { next: 0 },
  reset_after_accept: { next: 0 },
  html_before_accept: { next: 0 },
  html_after_accept: { next: 0 },
  answer_delay_ms: 0,
  slow_body_ms: 0,
  fail_later: { next: 0 },
  fail_later_code: 131026,
  window_error: "at_once",
};

/** What is going wrong at the moment. Kept in memory: a restarted simulator plays fair. */
export class Faults {
  settings: FaultSettings = structuredClone(NONE);

  constructor(private readonly random: () => number = Math.random) {}

  /** Sets the given faults; the others stay as they are. */
  change(changed: Partial<FaultSettings>): void {
    this.settings = { ...this.settings, ...changed };
  }

  /** Ends all faults. */
  reset(): void {
    this.settings = structuredClone(NONE);
  }

  /** Whether this fault strikes now; one that counts is used up by asking. */
  strikes(fault: ChanceFault): boolean {
    const setting = this.settings[fault];
    if ("rate" in setting) return setting.rate > 0 && this.random() < setting.rate;
    if (setting.next === 0) return false;
    setting.next -= 1;
    return true;
  }
}
