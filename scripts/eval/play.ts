import { type LanguageModel, runTurn, type TurnResult, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot, keepTurn } from "@app/sales-engine/testing.ts";
import type { Business } from "./read-business.ts";

/** Seconds between two messages of a conversation. */
const pauseSeconds = 40;

/** A conversation that is kept as the product keeps it. */
export class Talk {
  #snapshot: TurnSnapshot;
  #nowMs: number;
  readonly results: TurnResult[] = [];
  /** The conversation in words. */
  readonly lines: string[] = [];

  constructor(
    { machine, tenant }: Business,
    private readonly model: LanguageModel,
    language: string,
    now: string,
  ) {
    this.#nowMs = Date.parse(now);
    this.#snapshot = buildSnapshot(machine, { pending: [], tenant: { ...tenant, locale: language } });
  }

  get state(): string {
    return this.#snapshot.session.state ?? this.#snapshot.machine.initial;
  }

  get variables(): Record<string, unknown> {
    return this.#snapshot.session.variables;
  }

  /** Everything that the customer has written. */
  get written(): string[] {
    return this.#snapshot.history.filter(({ from }) => from === "contact").map(({ content }) => content);
  }

  async say(content: string): Promise<TurnResult> {
    const at = this.#next();
    const seq = this.#snapshot.history.length + 1;
    const pending = [buildMessage({ id: `message-${seq}`, seq, content, at })];
    const snapshot = { ...this.#snapshot, now: at, pending };
    const result = await runTurn(snapshot, { model: this.model, clock: { nowMs: () => performance.now() } });
    this.#snapshot = keepTurn(snapshot, result, this.#next());
    this.results.push(result);
    this.lines.push(
      `> ${content}`,
      ...result.replies.map(({ text }) => `< ${text}`),
      `  (${result.decision}, ${result.toState})`,
    );
    return result;
  }

  /** When the next message is written. */
  #next(): string {
    this.#nowMs += pauseSeconds * 1000;
    return new Date(this.#nowMs).toISOString();
  }
}
