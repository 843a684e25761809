import type { LocalizedText, MachineDefinition, StateDefinition } from "../machine-definition.ts";
import type { Finding } from "./finding.ts";
import { type Edge, type MachineGraph, shortestWay } from "./machine-graph.ts";

/**
 * Finds texts that use a value which a conversation may not know yet when the text is said. Required fields
 * are known once their state is left towards its goal; everything else may be missing.
 */
export function findUnsetFields(machine: MachineDefinition, graph: MachineGraph): Finding[] {
  const findings: Finding[] = [];
  for (const [name, state] of Object.entries(machine.states)) {
    if (!graph.depths.has(name) || state.say === undefined) continue;
    for (const field of placeholdersOf(state.say)) {
      const way = shortestWay(graph, machine.initial, name, (edge) => !sets(machine, edge, field));
      if (way === null) continue;
      findings.push({
        code: "field_used_before_set",
        severity: "warning",
        path: `states.${name}.say`,
        message: `"${name}" says {${field}}, which may not be known when a conversation comes there; ` +
          "the sentence is left out then",
        example: way,
      });
    }
  }
  return findings;
}

/** Whether a field is surely known after an edge that starts without it. */
function sets(machine: MachineDefinition, { from, isGuarded }: Edge, field: string): boolean {
  const state: StateDefinition | undefined = machine.states[from];
  return isGuarded && state !== undefined && Object.hasOwn(state.fields, field) &&
    state.fields[field]?.required === true;
}

function placeholdersOf(text: LocalizedText): Set<string> {
  const texts = typeof text === "string" ? [text] : Object.values(text);
  return new Set(texts.flatMap((each) => [...each.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "")));
}
