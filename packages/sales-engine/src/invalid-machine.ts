/** One thing that is wrong with a machine. */
export interface MachineProblem {
  /** Where, such as `states.qualify.allowed_transitions[0].to`; empty for the machine as a whole. */
  path: string;
  /** What stands there; `undefined` if nothing does. */
  value: unknown;
  /** What may stand there, in words. */
  allowed: string;
}

const shownProblems = 5;
const shownLength = 80;

/** A machine that can't be run. `problems` lists everything that is wrong with it, not only the first. */
export class InvalidMachine extends Error {
  override readonly name = "InvalidMachine";
  readonly code = "invalid_machine";
  readonly status = 422;
  readonly retryable = false;

  constructor(readonly problems: MachineProblem[]) {
    const shown = problems.slice(0, shownProblems).map(describe).join("; ");
    const more = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : "";
    super(`Cannot use machine: ${shown}${more}`);
  }
}

function describe({ path, value, allowed }: MachineProblem): string {
  const shown = JSON.stringify(value) ?? "nothing";
  const cut = shown.length > shownLength ? `${shown.slice(0, shownLength)}…` : shown;
  return `${path || "the machine"} is ${cut}, allowed is ${allowed}`;
}
