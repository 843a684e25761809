import type { MachineDefinition } from "../machine-definition.ts";
import type { ExampleStep, Finding } from "./finding.ts";
import { type Edge, type MachineGraph, shortestWay, statesLeadingTo } from "./machine-graph.ts";

/** Finds states that can't be reached, left or ended. */
export function findGraphFaults(machine: MachineDefinition, graph: MachineGraph): Finding[] {
  return [
    ...findUnreachable(graph),
    ...findDeadEnds(machine, graph),
    ...findEndlessCircles(machine, graph),
    ...findMissingFallbacks(machine, graph),
  ];
}

function isEnd(machine: MachineDefinition, name: string): boolean {
  const state = machine.states[name];
  return state !== undefined && (state.final || state.hand_over !== undefined);
}

function findUnreachable({ names, depths }: MachineGraph): Finding[] {
  return names.filter((name) => !depths.has(name)).map((name) => ({
    code: "unreachable_state",
    severity: "warning",
    path: `states.${name}`,
    message: `No conversation ever comes to "${name}": no transition and no on_exceeded leads there`,
    example: [],
  }));
}

function findDeadEnds(machine: MachineDefinition, graph: MachineGraph): Finding[] {
  return graph.names.filter((name) =>
    !isEnd(machine, name) && graph.depths.has(name) &&
    (graph.edges.get(name) ?? []).every(({ kind }) => kind === "limit")
  ).map((name) => ({
    code: "dead_end",
    severity: "error",
    path: `states.${name}.allowed_transitions`,
    message: `Whatever a customer says in "${name}", the conversation stays there until its turns are over`,
    example: shortestWay(graph, machine.initial, name) ?? [],
  }));
}

/** Moving resets the count of turns, so a circle that leads nowhere else is never ended by a limit. */
function findEndlessCircles(machine: MachineDefinition, graph: MachineGraph): Finding[] {
  const byChoice = statesLeadingTo(
    graph,
    graph.names.filter((name) => isEnd(machine, name)),
    ({ kind }) => kind === "choice",
  );
  const stuck = new Set(graph.names.filter((name) => graph.depths.has(name) && !byChoice.has(name)));
  const within: Passes = ({ kind, from, to }) => kind === "choice" && stuck.has(from) && stuck.has(to);
  const seen = new Set<string>();
  return [...stuck].flatMap((name): Finding[] => {
    if (seen.has(name)) return [];
    const after = statesAfter(graph, name, within);
    // What comes after and also leads back is one tangle, and one finding.
    const tangle = [...statesLeadingTo(graph, [name], within)].filter((each) => after.has(each));
    for (const each of tangle) seen.add(each);
    if (tangle.length < 2) return [];
    return [{
      code: "loop_without_bound",
      severity: "error",
      path: `states.${name}.allowed_transitions`,
      message: `A conversation in ${
        tangle.slice(0, 5).map((each) => `"${each}"`).join(", ")
      } goes round for ever: ` +
        "no transition leads from there to an end or a person, and each move starts the count of turns anew",
      example: [...(shortestWay(graph, machine.initial, name) ?? []), ...roundTrip(graph, name, within)],
    }];
  });
}

type Passes = (edge: Edge) => boolean;

function statesAfter(graph: MachineGraph, name: string, passes: Passes): Set<string> {
  const found = new Set([name]);
  for (const at of found) {
    for (const edge of graph.edges.get(at) ?? []) if (passes(edge)) found.add(edge.to);
  }
  return found;
}

function roundTrip(graph: MachineGraph, name: string, passes: Passes): ExampleStep[] {
  for (const edge of graph.edges.get(name) ?? []) {
    const back = passes(edge) ? shortestWay(graph, edge.to, name, passes) : null;
    if (back) return [{ from: edge.from, to: edge.to, because: edge.because }, ...back];
  }
  return [];
}

/** Following on_exceeded from state to state must come to a person or an end. */
function findMissingFallbacks(machine: MachineDefinition, graph: MachineGraph): Finding[] {
  const safe = statesLeadingTo(
    graph,
    graph.names.filter((name) => isEnd(machine, name) || machine.states[name]?.on_exceeded === "escalate"),
    ({ kind }) => kind === "limit",
  );
  return graph.names.filter((name) =>
    !safe.has(name) && graph.depths.has(name) &&
    Object.hasOwn(machine.states, machine.states[name]?.on_exceeded ?? "")
  ).map((name) => ({
    code: "missing_fallback",
    severity: "error",
    path: `states.${name}.on_exceeded`,
    message:
      `When "${name}" runs out of turns, on_exceeded leads from state to state and never to a person or an end`,
    example: shortestWay(graph, machine.initial, name) ?? [],
  }));
}
