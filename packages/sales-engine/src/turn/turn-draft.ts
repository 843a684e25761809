import type { Signals } from "../decide/signal.ts";
import type { TurnResult } from "../turn-result.ts";

/** What a turn has come to before it is decided. */
export interface TurnDraft extends Omit<TurnResult, "decision" | "fromState" | "scores" | "evidence"> {
  /** What the model, or its absence, adds to the signals. */
  signals: Signals;
  evidence: Omit<TurnResult["evidence"], "rule">;
}
