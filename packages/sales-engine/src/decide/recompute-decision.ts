import type { EngineSettings } from "../settings/engine-settings.ts";
import { isOpenAt } from "../settings/find-opening.ts";
import { decide, type Verdict } from "./decide.ts";
import type { Signals } from "./signal.ts";

/** What is needed of a row of `turns`. */
export interface StoredTurn {
  /** `turns.scores`. Names that no signal has are not looked at. */
  scores: Record<string, number>;
  /** When the turn was opened, ISO 8601. */
  at: string;
  /** The tenant's time zone, where the settings name none. */
  timeZone: string;
}

/**
 * What a stored turn would have come to with other settings: thresholds, limits and office hours are applied
 * anew. What the words of settings hit needs the customer's text and stays as it was recorded, and so does
 * everything that earlier turns would have changed.
 *
 * @returns `decision: null` where the model was not asked then and would be needed now.
 */
export function recomputeDecision({ scores, at, timeZone }: StoredTurn, settings: EngineSettings): Verdict {
  const signals: Signals = { ...scores, closed: isOpenAt(settings.office_hours, at, timeZone) ? 0 : 1 };
  return decide(signals, settings);
}
