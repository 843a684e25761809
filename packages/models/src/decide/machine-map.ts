import type { StateMachine, TransitionDefinition } from "@app/sales-engine/mod.ts";
import { type RouteKind, routeKind } from "./route-kind.ts";
import { contentWords, profilesOf } from "../understand/field-profile.ts";
import { isAlike } from "../understand/concepts.ts";
import { fold } from "../understand/text.ts";

/** One way out of a state, with what was worked out about it. */
export interface Route {
  to: string;
  kind: RouteKind;
  /** Content words of `when`. */
  words: string[];
  /** Fields that `when` names. */
  fields: string[];
  /** It brings the conversation nearer to an end that is a success. */
  isForward: boolean;
  /** It may be taken before the required fields of the state are known. */
  isShortcut: boolean;
}

/** The ways through a machine. */
export interface MachineMap {
  /** Ways out of each state, best first. */
  routes: ReadonlyMap<string, Route[]>;
  /** Cost from each state to a good end; `Infinity` where none is in reach. */
  distances: ReadonlyMap<string, number>;
}

const maps = new WeakMap<StateMachine, MachineMap>();

/** The map of a machine; made once per machine. */
export function mapOf(machine: StateMachine): MachineMap {
  const known = maps.get(machine);
  if (known) return known;
  const made = drawMap(machine);
  maps.set(machine, made);
  return made;
}

const costs: Record<RouteKind, number> = {
  data: 1,
  accept: 1,
  open: 1,
  exception: 20,
  person: 40,
  decline: 60,
};

function drawMap(machine: StateMachine): MachineMap {
  const names = Object.keys(machine.definition.states);
  const kindsOf = new Map(names.map((name) => [
    name,
    machine.state(name).allowed_transitions.map((transition) => ({
      transition,
      kind: routeKind(machine, name, transition),
    })),
  ]));
  const distances = new Map(names.map((name) => [name, endCost(machine, name)]));
  // Bellman-Ford: machines have tens of states, and this runs once per machine.
  for (let round = 0; round < names.length; round++) {
    let isSettled = true;
    for (const [name, routes] of kindsOf) {
      for (const { transition, kind } of routes) {
        const cost = costs[kind] + (distances.get(transition.to) ?? Infinity);
        if (cost < (distances.get(name) ?? Infinity)) {
          distances.set(name, cost);
          isSettled = false;
        }
      }
    }
    if (isSettled) break;
  }
  const depths = depthsOf(machine);
  const routes = new Map([...kindsOf].map(([name, found]) => [
    name,
    found.map(({ transition, kind }) => toRoute(machine, transition, kind, distances, depths, name))
      .sort((a, b) => rank(a, distances) - rank(b, distances) || 0),
  ]));
  return { routes, distances };
}

/** What is left of the way; a shortcut past the fields of a state is the second choice. */
function rank({ kind, to, isShortcut }: Route, distances: ReadonlyMap<string, number>): number {
  return costs[kind] + Math.min(distances.get(to) ?? Infinity, 1e6) + (isShortcut ? 2 : 0);
}

/** How many steps each state is from the start. */
function depthsOf(machine: StateMachine): ReadonlyMap<string, number> {
  const depths = new Map([[machine.initial, 0]]);
  for (const [name, depth] of depths) {
    for (const { to } of machine.state(name).allowed_transitions) {
      if (!depths.has(to)) depths.set(to, depth + 1);
    }
  }
  return depths;
}

/** An end that is a failure is only better than none. */
function endCost(machine: StateMachine, name: string): number {
  const state = machine.state(name);
  if (!state.final && !state.hand_over) return Infinity;
  const words = fold(`${name.replace(/_/g, " ")} ${state.objective}`);
  const isFailure =
    /\b(?:lost|not interested|uninterested|declin\w+|reject\w+|cancel\w+|perdid[oa]|rechaz\w+|no interesad[oa]|unqualified|disqualified|dropped|desist\w+|recusad[oa]|spam|abandon\w*|no sale|sin venta)\b/
      .test(words);
  if (isFailure) return 100;
  return state.final ? 0 : 5;
}

function toRoute(
  machine: StateMachine,
  { to, when, may_skip_fields }: TransitionDefinition,
  kind: RouteKind,
  distances: ReadonlyMap<string, number>,
  depths: ReadonlyMap<string, number>,
  from: string,
): Route {
  const words = contentWords(when).filter((word) => !sayings.test(word));
  const fields = [...profilesOf(machine).values()].filter(({ nameWords }) =>
    nameWords.length > 0 && nameWords.every((word) => words.some((other) => isAlike(word, other)))
  ).map(({ name }) => name);
  const isUsual = kind !== "decline" && kind !== "person" && kind !== "exception";
  const nearer = (distances.get(from) ?? Infinity) - (distances.get(to) ?? Infinity);
  const deeper = (depths.get(to) ?? 0) - (depths.get(from) ?? 0);
  // Distance falls, or stays while the depth grows: following such routes can't go in circles.
  const isForward = isUsual && (nearer > 0 || nearer === 0 && deeper > 0);
  return { to, kind, words, fields, isForward, isShortcut: may_skip_fields };
}

/** Words of telling and wishing, which stand in most conditions and tell nothing. */
const sayings =
  /^(?:needs?|wants?|tells?|told|says?|said|asks?|asked|answers?|likes?|already|right|away|person|customer|guest|patient|user|quiere|desea|dice|pide|pregunta|responde|necesita|quer|diz|pede|precisa|cliente|persona|pessoa|known|conocid[oa]s?|conhecid[oa]s?|conocen|has|question|something|algo|anything|start|come)$/;

/** The way that leads on from a state when all goes well, or `null` at an end. */
export function mainRoute(machine: StateMachine, state: string): Route | null {
  const [best] = mapOf(machine).routes.get(state) ?? [];
  return best ?? null;
}
