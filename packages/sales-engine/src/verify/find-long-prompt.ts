import { promptPrefix } from "../prompt-prefix.ts";
import type { MachineDefinition } from "../machine-definition.ts";
import type { Finding } from "./finding.ts";

/**
 * Letters of a machine that every turn shows to the model: about 100,000 tokens. Beyond it some models take no question
 * at all (the smallest context among those that we know is 200,000 tokens, and conversations need room), and each turn
 * would cost as much as a hundred of a usual machine.
 */
const longestPrompt = 400_000;

/** Finds a machine that is too long to be shown to a model in one piece. */
export function findLongPrompt(machine: MachineDefinition): Finding[] {
  const { length } = promptPrefix(machine, "").text;
  if (length <= longestPrompt) return [];
  return [{
    code: "prompt_too_long",
    severity: "error",
    path: "states",
    message: `Every turn would show the model ${length.toLocaleString("en")} letters, at most ` +
      `${longestPrompt.toLocaleString("en")} fit: use fewer states, or shorter texts`,
    example: [],
  }];
}
