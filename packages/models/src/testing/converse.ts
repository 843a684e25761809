import {
  type MachineDefinition,
  runTurn,
  type SnapshotMessage,
  type TurnResult,
  type TurnSnapshot,
} from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot, keepTurn, type SnapshotChanges } from "@app/sales-engine/testing.ts";
import { offlineModel } from "../offline-model.ts";

/** A conversation with the offline model that is kept as the product keeps it. */
export class Conversation {
  #snapshot: TurnSnapshot;
  readonly #model = offlineModel();
  /** The conversation in words, for people to read. */
  readonly lines: string[] = [];

  constructor(machine: MachineDefinition, changes: SnapshotChanges = {}) {
    this.#snapshot = buildSnapshot(machine, { pending: [], ...changes });
  }

  get state(): string {
    return this.#snapshot.session.state ?? this.#snapshot.machine.initial;
  }

  get variables(): Record<string, unknown> {
    return this.#snapshot.session.variables;
  }

  /** Sends one burst of messages and takes the turn. */
  async say(...messages: (string | Partial<SnapshotMessage>)[]): Promise<TurnResult> {
    const { history } = this.#snapshot;
    const pending = messages.map((message, index) =>
      buildMessage({
        id: `message-${history.length + index}`,
        seq: history.length + index + 1,
        ...(typeof message === "string" ? { content: message } : message),
      })
    );
    this.lines.push(...pending.map((message) => `> ${message.content}`));
    const snapshot = { ...this.#snapshot, pending };
    const result = await runTurn(snapshot, { model: this.#model, clock: { nowMs: () => 0 } });
    this.lines.push(
      ...result.replies.map(({ text, buttons }) =>
        `< ${text}${buttons.length > 0 ? ` [${buttons.map(({ title }) => title).join(" | ")}]` : ""}`
      ),
    );
    this.#snapshot = keepTurn(snapshot, result);
    return result;
  }
}
