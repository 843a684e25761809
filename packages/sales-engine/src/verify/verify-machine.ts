import { checkMachine } from "../check-machine.ts";
import { describeIssues, describeProblem, type Problem } from "../describe-issues.ts";
import { machineDefinition } from "../machine-definition.ts";
import { builtInTools } from "../tools/built-in-tools.ts";
import { findGraphFaults } from "./find-graph-faults.ts";
import { findLongPrompt } from "./find-long-prompt.ts";
import { findMissingParts, type KnownParts } from "./find-missing-parts.ts";
import { findUnsetFields } from "./find-unset-fields.ts";
import type { Finding } from "./finding.ts";
import { graphOf } from "./machine-graph.ts";

/** More findings than this help nobody; the last one says how many there are. */
const mostFindings = 500;

/**
 * Looks at a machine before it speaks to anybody: everything that would leave a customer without an answer,
 * in circles, or with a text that does not fit. Pure, and bounded for any input.
 *
 * @param value A machine as it was written, of any shape.
 * @param known What the tenant has besides.
 * @returns Errors first, in the order of the definition.
 */
export function verifyMachine(value: unknown, known: KnownParts = {}): Finding[] {
  const parsed = machineDefinition.safeParse(value, { reportInput: true });
  if (!parsed.success) return bound(describeIssues(parsed.error.issues, value).map(toFinding));
  const machine = parsed.data;
  const graph = graphOf(machine);
  const problems = checkMachine(machine);
  const findings = [
    ...problems.map(toFinding),
    ...findGraphFaults(machine, graph),
    ...findMissingParts(machine, graph, known, builtInTools.map(({ name }) => name)),
    ...findUnsetFields(machine, graph),
    ...(problems.length === 0 ? findLongPrompt(machine) : []),
  ];
  const isError = ({ severity }: Finding) => severity === "error";
  return bound([...findings.filter(isError), ...findings.filter((each) => !isError(each))]);
}

/** Whether a machine with these findings may be published. */
export function isPublishable(findings: Finding[]): boolean {
  return findings.every(({ severity }) => severity !== "error");
}

function toFinding(problem: Problem): Finding {
  const isPointer = /(?:\.to|\.on_exceeded|^initial)$/.test(problem.path) &&
    /^one of|: one of/.test(problem.allowed);
  return {
    code: isPointer ? "transition_to_nowhere" : "invalid",
    severity: "error",
    path: problem.path,
    message: describeProblem(problem, "the machine"),
    example: [],
  };
}

function bound(findings: Finding[]): Finding[] {
  if (findings.length <= mostFindings) return findings;
  const rest = findings.length - mostFindings + 1;
  return [...findings.slice(0, mostFindings - 1), {
    code: "invalid",
    severity: findings.slice(mostFindings - 1).some(({ severity }) => severity === "error")
      ? "error"
      : "warning",
    path: "",
    message: `There are ${rest} more findings`,
    example: [],
  }];
}
