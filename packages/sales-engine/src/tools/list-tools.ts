import type { Effect } from "../effect.ts";
import type { MachineDefinition } from "../machine-definition.ts";
import { StateMachine } from "../state-machine.ts";
import type { ToolDefinition } from "../tool-calls.ts";
import { builtInTools } from "./built-in-tools.ts";
import type { Knowledge, Tools } from "./ports.ts";

/** What decides which tools there are. */
export interface ToolPorts {
  knowledge?: Knowledge;
  tools?: Tools;
  /** Kinds of effects that whoever commits can do; tools that cause others are not offered. Default: all. */
  effects?: readonly Effect["kind"][];
}

const none: ToolDefinition[] = [];
const listed = new WeakMap<MachineDefinition, Set<string>>();

/**
 * The tools that some state of the machine may use, in a fixed order: one list for all states, so that
 * providers can cache it.
 */
export function listTools(machine: MachineDefinition, ports: ToolPorts): ToolDefinition[] {
  const wanted = listedTools(machine);
  if (wanted.size === 0) return none;
  const own = builtInTools.filter((tool) => wanted.has(tool.name) && isOffered(tool, ports));
  const tenants = (ports.tools?.definitions ?? []).filter(({ name }) => wanted.has(name) && !isBuiltIn(name));
  return [
    ...own.map(({ definition }) => definition),
    ...tenants.map(({ name, description, parameters }) => ({ name, description, parameters })),
  ];
}

/** Whether a state lists the tool; a state that names knowledge may search it. */
export function isAllowed(machine: MachineDefinition, state: string, name: string): boolean {
  const { tools, knowledge } = StateMachine.of(machine).state(state);
  return tools.includes(name) || name === "search_knowledge" && knowledge.length > 0;
}

function isOffered(
  { name, effect }: (typeof builtInTools)[number],
  { knowledge, effects }: ToolPorts,
): boolean {
  // A search that can only say "disabled" is not worth a call.
  if (name === "search_knowledge") return knowledge !== undefined;
  return effect === undefined || effects === undefined || effects.includes(effect);
}

function isBuiltIn(name: string): boolean {
  return builtInTools.some((tool) => tool.name === name);
}

function listedTools(machine: MachineDefinition): Set<string> {
  const known = listed.get(machine);
  if (known) return known;
  const made = new Set(
    Object.values(machine.states).flatMap(({ tools, knowledge }) =>
      knowledge.length > 0 ? [...tools, "search_knowledge"] : tools
    ),
  );
  listed.set(machine, made);
  return made;
}
