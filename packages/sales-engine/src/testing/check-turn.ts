import { plainText } from "../plain-words.ts";
import { hasValue } from "../state-machine.ts";
import type { TurnResult } from "../turn-result.ts";
import { readValue } from "./script-turn.ts";
import type { TranscriptLine } from "./read-transcript.ts";

/** What a turn came to: its result, and everything known after it. */
export interface PlayedTurn {
  result: TurnResult;
  variables: Record<string, unknown>;
}

/** Checks one expectation of a transcript. Texts are compared without case, accents and punctuation. */
const checks: Record<string, (turn: PlayedTurn, value: string) => boolean> = {
  "bot": ({ result }, value) => says(result, value),
  "bot mentions": ({ result }, value) => value.split("|").some((each) => says(result, each)),
  "bot never says": ({ result }, value) => !value.split("|").some((each) => says(result, each)),
  "bot offers": ({ result }, value) =>
    value.split("|").every((each) => offers(result).includes(plainText(each))),
  "messages": ({ result }, value) => result.replies.length === Number(value),
  "state": ({ result }, value) => result.toState === value,
  "decision": ({ result }, value) => result.decision === value,
  "language": ({ result }, value) => result.language === value,
  "escalation": ({ result }, value) => result.escalation?.category === value,
  "refused": ({ result }, value) =>
    result.evidence.refusals.some((refusal) => matches(refusal.what, refusal.why, value)),
  "calls": ({ result }, value) => result.model.calls === Number(value),
  "error": ({ result }, value) => result.evidence.error?.includes(value) ?? false,
  "fails": ({ result }) => result.isFailed,
  "understands": ({ result }) => !result.isFailed,
  "field": ({ variables }, value) => {
    const [name = "", ...rest] = value.split("=");
    const expected = rest.join("=").trim();
    const known = hasValue(variables, name.trim()) ? variables[name.trim()] : undefined;
    return known !== undefined &&
      (expected === "" || known === readValue(expected) || String(known) === expected);
  },
  "no field": ({ variables }, value) => !hasValue(variables, value),
};

/** Names of the expectations that a transcript may hold. */
const expectations = Object.keys(checks);

/**
 * Checks one line of a transcript against the turn that it stands under.
 *
 * @throws {Error} That names the line, what was expected, and what happened instead.
 */
export function checkLine(line: TranscriptLine, turn: PlayedTurn): void {
  const check = Object.hasOwn(checks, line.key) ? checks[line.key] : undefined;
  if (!check) {
    throw new SyntaxError(
      `Cannot read line ${line.number} of the transcript: "${line.key}" is none of ${
        expectations.join(", ")
      }`,
    );
  }
  if (check(turn, line.value)) return;
  const { result, variables } = turn;
  const happened = {
    bot: result.replies.map((reply) => reply.text),
    offers: offers(result),
    state: `${result.fromState} → ${result.toState}`,
    decision: result.decision,
    language: result.language,
    failed: result.isFailed,
    escalation: result.escalation,
    refusals: result.evidence.refusals,
    error: result.evidence.error,
    calls: result.model.calls,
    known: variables,
  };
  const expected = `${line.key}${line.value === "" ? "" : `: ${line.value}`}`;
  throw new Error(
    `Line ${line.number} of the transcript expects "${expected}", but ${JSON.stringify(happened, null, 2)}`,
  );
}

function says(result: TurnResult, expected: string): boolean {
  return plainText(result.replies.map((reply) => reply.text).join(" ")).includes(plainText(expected));
}

function offers(result: TurnResult): string[] {
  return result.replies.flatMap((reply) => reply.buttons.map((button) => plainText(button.title)));
}

function matches(what: string, why: string, expected: string): boolean {
  return what === expected || why.includes(expected);
}
