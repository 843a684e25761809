import { describeProblems, type Problem } from "./describe-issues.ts";

/** One thing that is wrong with a machine. */
export type MachineProblem = Problem;

/** A machine that can't be run. `problems` lists everything that is wrong with it, not only the first. */
export class InvalidMachine extends Error {
  override readonly name = "InvalidMachine";
  readonly code = "invalid_machine";
  readonly status = 422;
  readonly retryable = false;

  constructor(readonly problems: MachineProblem[]) {
    super(`Cannot use machine: ${describeProblems(problems, "the machine")}`);
  }
}
