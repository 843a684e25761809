import { z } from "zod";
import { checkMachine } from "./check-machine.ts";
import { InvalidMachine, type MachineProblem } from "./invalid-machine.ts";
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
    throw new InvalidMachine(parsed.error.issues.flatMap((issue) => toProblems(issue, value)));
  }
  const problems = checkMachine(parsed.data);
  if (problems.length > 0) throw new InvalidMachine(problems);
  return parsed.data;
}

/** The JSON schema of a machine as people write it (defaults may be left out), draft 2020-12. */
export function machineJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(machineDefinition, { io: "input" });
}

function toProblems(issue: z.core.$ZodIssue, root: unknown): MachineProblem[] {
  const path = toPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      value: valueAt(root, [...issue.path, key]),
      allowed: "no such key",
    }));
  }
  if (issue.code === "invalid_key") {
    const allowed = issue.issues.map((inner) => inner.message).join(", ");
    return [{ path, value: issue.path.at(-1), allowed }];
  }
  return [{ path, value: valueAt(root, issue.path), allowed: toAllowed(issue) }];
}

function toAllowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}

function toPath(path: PropertyKey[]): string {
  return path.map((part) => typeof part === "number" ? `[${part}]` : `.${String(part)}`).join("").replace(
    /^\./,
    "",
  );
}

function valueAt(root: unknown, path: PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
