import {
  type LanguageModel,
  type MachineDefinition,
  runTurn,
  type TurnResult,
  type TurnSnapshot,
} from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot } from "@app/sales-engine/testing.ts";

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
    machine: MachineDefinition,
    private readonly model: LanguageModel,
    language: string,
    now: string,
  ) {
    this.#nowMs = Date.parse(now);
    this.#snapshot = buildSnapshot(machine, { pending: [], tenant: { locale: language } });
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
    const pending = [this.#message("contact", content)];
    const snapshot = { ...this.#snapshot, now: new Date(this.#nowMs).toISOString(), pending };
    const result = await runTurn(snapshot, { model: this.model, clock: { nowMs: () => performance.now() } });
    this.#keep(snapshot, result);
    this.results.push(result);
    this.lines.push(
      `> ${content}`,
      ...result.replies.map(({ text }) => `< ${text}`),
      `  (${result.decision}, ${result.toState})`,
    );
    return result;
  }

  #message(from: "contact" | "bot", content: string) {
    this.#nowMs += pauseSeconds * 1000;
    const seq = this.#snapshot.history.length + 1;
    return buildMessage({
      id: `message-${this.#nowMs}`,
      seq,
      from,
      content,
      at: new Date(this.#nowMs).toISOString(),
    });
  }

  #keep(snapshot: TurnSnapshot, result: TurnResult): void {
    const { session } = snapshot;
    const said = result.replies.map(({ text }) => this.#message("bot", text));
    const isAsking = result.decision === "clarify" && !result.scores["progress"];
    this.#snapshot = {
      ...snapshot,
      history: [...snapshot.history, ...snapshot.pending, ...said],
      pending: [],
      session: {
        ...session,
        state: result.toState,
        variables: { ...session.variables, ...result.fields },
        turnsInState: result.toState === this.state ? session.turnsInState + 1 : 0,
        failedTurns: result.isFailed ? session.failedTurns + 1 : 0,
        clarifications: isAsking ? (session.clarifications ?? 0) + 1 : 0,
        language: result.language,
        summary: result.summary ?? session.summary,
      },
    };
  }
}
