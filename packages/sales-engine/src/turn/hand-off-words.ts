import type { Verdict } from "../decide/decide.ts";
import type { TurnContext } from "../decide/turn-context.ts";
import { safeText } from "../safe-texts.ts";
import { nextOpening } from "../settings/find-opening.ts";
import { showDate } from "../show-value.ts";
import type { TurnSnapshot } from "../snapshot.ts";

/** What the customer hears when a person is called: that somebody writes soon, or when the team is back. */
export function handOffWords(
  snapshot: TurnSnapshot,
  { settings, signals }: TurnContext,
  { decision }: Verdict,
  language: string,
): string {
  if (decision !== "queue") return safeText("handOff", language);
  const { office_hours } = settings;
  if (office_hours !== null && signals.closed === 1) {
    const opening = nextOpening(office_hours, snapshot.now, snapshot.tenant.timeZone);
    if (opening === null) return safeText("away", language);
    const when = opening.isToday ? opening.time : `${showDate(opening.date, language)}, ${opening.time}`;
    return fill(safeText(opening.isToday ? "closedToday" : "closed", language), when);
  }
  return safeText(signals.agents_away === 1 ? "away" : "handOff", language);
}

/** Whether the hand-off has something to say that the model could not know. */
export function isAway({ signals }: TurnContext, { decision }: Verdict): boolean {
  return decision === "queue" && (signals.closed === 1 || signals.agents_away === 1);
}

function fill(text: string, when: string): string {
  return text.replace("{when}", when);
}
