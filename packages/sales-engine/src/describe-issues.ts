import type { z } from "zod";

/** One thing that is wrong with something a tenant wrote. */
export interface Problem {
  /** Where, such as `states.qualify.allowed_transitions[0].to`; empty for the whole. */
  path: string;
  /** What stands there; `undefined` if nothing does. */
  value: unknown;
  /** What may stand there, in words. */
  allowed: string;
}

/** What a schema found wrong, with the values that stand there and what may stand there. */
export function describeIssues(issues: z.core.$ZodIssue[], root: unknown): Problem[] {
  return issues.flatMap((issue) => toProblems(issue, root));
}

/** A problem in one line, its value cut. */
export function describeProblem({ path, value, allowed }: Problem, whole: string): string {
  const shown = JSON.stringify(value) ?? "nothing";
  const cut = shown.length > shownLength ? `${shown.slice(0, shownLength)}…` : shown;
  return `${path || whole} is ${cut}, allowed is ${allowed}`;
}

/** The first problems in one line each, and how many more there are. */
export function describeProblems(problems: Problem[], whole: string): string {
  const shown = problems.slice(0, shownProblems).map((problem) => describeProblem(problem, whole)).join("; ");
  return problems.length > shownProblems ? `${shown}; and ${problems.length - shownProblems} more` : shown;
}

const shownProblems = 5;
const shownLength = 80;

function toProblems(issue: z.core.$ZodIssue, root: unknown): Problem[] {
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
