import { builtInToolNames, type MachineDefinition } from "@app/sales-engine/mod.ts";

const known = new WeakMap<MachineDefinition, boolean>();

/** Whether some state of a machine lists a tool that its tenant has to define. */
export function usesOwnTools(machine: MachineDefinition): boolean {
  const found = known.get(machine);
  if (found !== undefined) return found;
  const uses = Object.values(machine.states).some(({ tools }) =>
    tools.some((name) => !builtInToolNames.includes(name))
  );
  known.set(machine, uses);
  return uses;
}
