import type { Signal } from "./signal.ts";

/** What a turn can come to; see the glossary. */
export type Decision = "auto_answer" | "clarify" | "canonical" | "escalate" | "queue" | "refuse";

/** A number of the tenant's settings that signals are compared with, as a path. */
export type Limit =
  | "thresholds.auto_answer"
  | "thresholds.clarify"
  | "thresholds.canonical"
  | "limits.turns_against_bots"
  | "limits.clarifications_in_a_row"
  | "limits.escalations_per_contact_per_day";

/** Holds when the signal stands so to the number or limit. */
export interface Condition {
  signal: Signal;
  is: ">=" | "<";
  than: number | Limit;
}

/** Why a decision was made: the name of a row's rule. */
export type Rule =
  | "not_ours"
  | "person_asked"
  | "opted_out"
  | "loop_guard"
  | "topic_blocked"
  | "approved_answer"
  | "budget_spent"
  | "gave_up"
  | "needs_model"
  | "state_calls"
  | "model_calls"
  | "initiative"
  | "not_understood"
  | "turns_spent"
  | "unsure"
  | "nothing_found"
  | "sure";

/** One line of the table. */
export interface DecisionRow {
  rule: Rule;
  /** All of them must hold. */
  when: Condition[];
  /** `null`: it takes a model to tell. */
  decision: Decision | null;
}

/**
 * Every decision, as data: the first row whose conditions hold decides. Plain JSON, so that SQL can read the
 * same table. Rows before `needs_model` need no model; the last one always holds.
 */
export const decisionTable: readonly DecisionRow[] = [
  row("not_ours", "queue", has("not_ours")),
  ...person("person_asked", has("person_asked")),
  row("opted_out", "auto_answer", has("opted_out")),
  row("loop_guard", "queue", atLeast("bot_turns", "limits.turns_against_bots")),
  row("topic_blocked", "refuse", has("topic_blocked")),
  row("approved_answer", "canonical", above0("canonical"), atLeast("canonical", "thresholds.canonical")),
  ...person("budget_spent", atLeast("budget", 2)),
  ...person("gave_up", has("gave_up")),
  row("needs_model", null, lacks("model_asked")),
  ...person("state_calls", has("state_calls")),
  ...person("model_calls", has("model_calls")),
  row("initiative", "auto_answer", has("initiative"), lacks("model_unusable")),
  ...person("not_understood", has("model_unusable"), has("patience_spent")),
  ...person(
    "not_understood",
    under("confidence", "thresholds.clarify"),
    lacks("progress"),
    has("patience_spent"),
  ),
  ...person("turns_spent", has("turns_spent")),
  row("not_understood", "clarify", has("model_unusable")),
  row("not_understood", "clarify", under("confidence", "thresholds.clarify")),
  ...person(
    "unsure",
    under("confidence", "thresholds.auto_answer"),
    lacks("progress"),
    atLeast("clarifications", "limits.clarifications_in_a_row"),
  ),
  row("unsure", "clarify", under("confidence", "thresholds.auto_answer")),
  ...person(
    "nothing_found",
    has("nothing_found"),
    lacks("progress"),
    atLeast("clarifications", "limits.clarifications_in_a_row"),
  ),
  row("nothing_found", "clarify", has("nothing_found"), lacks("progress")),
  row("sure", "auto_answer"),
];

function row(rule: Rule, decision: Decision | null, ...when: Condition[]): DecisionRow {
  return { rule, when, decision };
}

/** A person is called if one is there and was not called too often today; otherwise the conversation waits for one. */
function person(rule: Rule, ...when: Condition[]): DecisionRow[] {
  return [
    row(rule, "queue", ...when, has("closed")),
    row(rule, "queue", ...when, has("agents_away")),
    row(rule, "queue", ...when, atLeast("escalations_today", "limits.escalations_per_contact_per_day")),
    row(rule, "escalate", ...when),
  ];
}

function has(signal: Signal): Condition {
  return atLeast(signal, 1);
}

function lacks(signal: Signal): Condition {
  return under(signal, 1);
}

/** A threshold of 0 would otherwise be reached by nothing at all. */
function above0(signal: Signal): Condition {
  return atLeast(signal, Number.EPSILON);
}

function atLeast(signal: Signal, than: number | Limit): Condition {
  return { signal, is: ">=", than };
}

function under(signal: Signal, than: number | Limit): Condition {
  return { signal, is: "<", than };
}
