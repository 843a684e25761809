import { showValue } from "@app/sales-engine/mod.ts";
import type { TurnReading } from "../decide/read-turn.ts";

/** What a person must know who takes over: the state, what is known, and the last words of the customer. */
export function summarizeTurn({ machine, state, variables, language, messages }: TurnReading): string {
  const known = [...machine.fields].flatMap(([name, field]) =>
    variables[name] === undefined || variables[name] === null
      ? []
      : [`${name.replace(/_/g, " ")}: ${showValue(field, variables[name], language)}`]
  );
  const last = messages.map((message) => message.text).join(" ").slice(0, 300);
  return [`state: ${state}`, ...known, last === "" ? "" : `"${last}"`].filter((part) => part !== "").join(
    "; ",
  );
}
