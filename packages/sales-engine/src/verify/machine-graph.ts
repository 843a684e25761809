import type { MachineDefinition } from "../machine-definition.ts";
import type { ExampleStep } from "./finding.ts";

/** A way from one state to another. */
export interface Edge extends ExampleStep {
  /** `limit`: the state ran out of turns; `choice`: something the customer said. */
  kind: "choice" | "limit";
  /** Whether required fields of the state that is left are surely known after it. */
  isGuarded: boolean;
}

/** A machine as a graph; names that point nowhere are left out. */
export interface MachineGraph {
  names: string[];
  edges: Map<string, Edge[]>;
  /** Steps from the start; states that are missing can't be reached. */
  depths: Map<string, number>;
}

/** Reads the graph of a machine that fits the schema, sound or not. */
export function graphOf(machine: MachineDefinition): MachineGraph {
  const names = Object.keys(machine.states);
  const depths = choiceDepths(machine);
  const edges = new Map<string, Edge[]>();
  for (const [from, state] of Object.entries(machine.states)) {
    const choices = state.allowed_transitions.filter(({ to }) => has(machine, to)).map((
      { to, when, may_skip_fields },
    ): Edge => ({
      from,
      to,
      because: when,
      kind: "choice",
      isGuarded: !may_skip_fields && !isStepBack(machine, depths, from, to),
    }));
    const limit = !state.final && has(machine, state.on_exceeded)
      ? [{
        from,
        to: state.on_exceeded,
        because: `${state.max_turns} turns are over`,
        kind: "limit" as const,
        isGuarded: false,
      }]
      : [];
    edges.set(from, [...choices, ...limit]);
  }
  return { names, edges, depths: walk(edges, machine.initial) };
}

/** Nobody reads a conversation of more steps to the end. */
const longestExample = 50;

/**
 * The shortest way from the start to a state, along edges that pass; `null` if there is none. Of a longer one,
 * the last 50 steps.
 */
export function shortestWay(
  { edges }: MachineGraph,
  start: string,
  goal: string,
  passes: (edge: Edge) => boolean = () => true,
): ExampleStep[] | null {
  const cameBy = new Map<string, Edge | null>([[start, null]]);
  for (const at of cameBy.keys()) {
    if (at === goal) break;
    for (const edge of edges.get(at) ?? []) {
      if (!cameBy.has(edge.to) && passes(edge)) cameBy.set(edge.to, edge);
    }
  }
  if (!cameBy.has(goal)) return null;
  const steps: ExampleStep[] = [];
  for (let edge = cameBy.get(goal); edge; edge = cameBy.get(edge.from)) {
    steps.push({ from: edge.from, to: edge.to, because: edge.because });
    if (steps.length === longestExample) break;
  }
  return steps.reverse();
}

/** Everything from which one of the goals can be reached, the goals with it. */
export function statesLeadingTo(
  graph: MachineGraph,
  goals: Iterable<string>,
  passes: (edge: Edge) => boolean,
) {
  const into = new Map<string, string[]>();
  for (const edge of [...graph.edges.values()].flat()) {
    if (!passes(edge)) continue;
    const sources = into.get(edge.to) ?? [];
    sources.push(edge.from);
    into.set(edge.to, sources);
  }
  const found = new Set(goals);
  for (const name of found) {
    for (const source of into.get(name) ?? []) found.add(source);
  }
  return found;
}

function has(machine: MachineDefinition, name: string): boolean {
  return Object.hasOwn(machine.states, name);
}

function walk(edges: Map<string, Edge[]>, start: string): Map<string, number> {
  const depths = new Map<string, number>(edges.has(start) ? [[start, 0]] : []);
  for (const [name, depth] of depths) {
    for (const { to } of edges.get(name) ?? []) if (!depths.has(to)) depths.set(to, depth + 1);
  }
  return depths;
}

/** As the engine measures which move goes back: by what customers choose alone. */
function choiceDepths(machine: MachineDefinition): Map<string, number> {
  const depths = new Map([[machine.initial, 0]]);
  for (const [name, depth] of depths) {
    if (!has(machine, name)) continue;
    for (const { to } of machine.states[name]?.allowed_transitions ?? []) {
      if (!depths.has(to)) depths.set(to, depth + 1);
    }
  }
  return depths;
}

function isStepBack(
  machine: MachineDefinition,
  depths: Map<string, number>,
  from: string,
  to: string,
): boolean {
  const goal = machine.states[to];
  if (!goal || goal.final || goal.hand_over) return false;
  return (depths.get(to) ?? 0) < (depths.get(from) ?? 0);
}
