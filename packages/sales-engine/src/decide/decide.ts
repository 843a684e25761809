import type { EngineSettings } from "../settings/engine-settings.ts";
import { type Decision, decisionTable, type Limit, type Rule } from "./decision-table.ts";
import type { Signals } from "./signal.ts";

/** What the table says. */
export interface Verdict {
  /** `null`: it takes a model to tell. */
  decision: Decision | null;
  rule: Rule;
}

/** The part of the settings that decisions are compared with. */
export type DecisionSettings = Pick<EngineSettings, "thresholds" | "limits">;

/**
 * Decides between the six paths. Pure: the same signals and settings always come to the same verdict, before
 * the model was asked as after it.
 */
export function decide(signals: Signals, settings: DecisionSettings): Verdict {
  const found = decisionTable.find(({ when }) =>
    when.every(({ signal, is, than }) => {
      const value = signals[signal] ?? 0;
      const limit = typeof than === "number" ? than : readLimit(settings, than);
      return is === ">=" ? value >= limit : value < limit;
    })
  );
  if (!found) throw new RangeError("Cannot decide: the last row of the decision table does not always hold");
  return { decision: found.decision, rule: found.rule };
}

function readLimit({ thresholds, limits }: DecisionSettings, limit: Limit): number {
  switch (limit) {
    case "thresholds.auto_answer":
      return thresholds.auto_answer;
    case "thresholds.clarify":
      return thresholds.clarify;
    case "thresholds.canonical":
      return thresholds.canonical;
    case "limits.turns_against_bots":
      return limits.turns_against_bots;
    case "limits.clarifications_in_a_row":
      return limits.clarifications_in_a_row;
    case "limits.escalations_per_contact_per_day":
      return limits.escalations_per_contact_per_day;
  }
}
