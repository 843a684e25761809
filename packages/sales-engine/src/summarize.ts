import { boundedText } from "./bounded-json.ts";
import { currentState } from "./current-state.ts";
import { describeMessage } from "./describe-message.ts";
import { safeText } from "./safe-texts.ts";
import { showValue } from "./show-value.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { hasValue, StateMachine } from "./state-machine.ts";

/**
 * What a person needs to take over, when no model wrote it: stage, what is known, the last words. In the
 * tenant's language.
 */
export function summarize(snapshot: TurnSnapshot, fields: Record<string, unknown> = {}): string {
  const { locale } = snapshot.tenant;
  const variables = { ...snapshot.session.variables, ...fields };
  const known = [...StateMachine.of(snapshot.machine).fields]
    .filter(([name]) => hasValue(variables, name))
    .map(([name, field]) => `${name} ${boundedText(showValue(field, variables[name], locale), 100)}`);
  const last = [...snapshot.history, ...snapshot.pending].findLast((message) => message.from === "contact");
  return [
    `${safeText("summaryState", locale)}: ${currentState(snapshot)}`,
    ...(known.length > 0 ? [`${safeText("summaryFields", locale)}: ${known.join(", ")}`] : []),
    ...(last ? [`${safeText("summaryMessages", locale)}: ${boundedText(describeMessage(last), 300)}`] : []),
  ].join("\n");
}
