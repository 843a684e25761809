import { describeProblems, type Problem } from "../describe-issues.ts";

/** Settings that can't be used. `problems` lists everything that is wrong with them. */
export class InvalidSettings extends Error {
  override readonly name = "InvalidSettings";
  readonly code = "invalid_settings";
  readonly status = 422;
  readonly retryable = false;

  constructor(readonly problems: Problem[]) {
    super(`Cannot use settings: ${describeProblems(problems, "the settings")}`);
  }
}
