import { z } from "zod";
import { checkMachine } from "./check-machine.ts";
import { describeIssues } from "./describe-issues.ts";
import { InvalidMachine } from "./invalid-machine.ts";
import { type MachineDefinition, machineDefinition } from "./machine-definition.ts";

/**
 * Reads a machine from outside: a database row, a file, an editor.
 *
 * @returns The machine with every default filled in. Keep and reuse the object: what is derived from it
 * (prompt prefix, field lists) is cached by its identity.
 * @throws {InvalidMachine} With every problem: path, value, what is allowed.
 */
export function parseMachine(value: unknown): MachineDefinition {
  const parsed = machineDefinition.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    throw new InvalidMachine(describeIssues(parsed.error.issues, value));
  }
  const problems = checkMachine(parsed.data);
  if (problems.length > 0) throw new InvalidMachine(problems);
  return parsed.data;
}

/** The JSON schema of a machine as people write it (defaults may be left out), draft 2020-12. */
export function machineJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(machineDefinition, { io: "input" });
}
