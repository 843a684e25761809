import type { Decision, Rule } from "./decide/decision-table.ts";
import type { Effect } from "./effect.ts";

/** A reply as it will be queued, in order. */
export interface Reply {
  text: string;
  buttons: { id: string; title: string }[];
  /** Rows to choose from, for more choices than buttons can hold; never together with buttons. */
  list?: ReplyList;
}

/** Rows that open on a tap. */
export interface ReplyList {
  /** What opens the list; at most 20 characters. */
  button: string;
  /** One to ten; titles of at most 24 characters, descriptions of at most 72. */
  rows: { id: string; title: string; description?: string }[];
}

/** Something a model proposed and the engine did not allow, or settings that it could not use. */
export interface Refusal {
  what: "transition" | "field" | "tool" | "reply" | "escalation" | "answer" | "settings";
  value: unknown;
  why: string;
}

/** A call of a tool as it is kept with the turn; a turn that runs again finds its result by the key. */
export interface FinishedTool {
  /** The same for the same call in the same unanswered burst; see `toolKey`. */
  key: string;
  name: string;
  text: string;
  isError: boolean;
}

/** What a decision rested on, as far as it is kept. */
export interface TurnEvidence {
  /** Which row of the decision table decided. */
  rule: Rule;
  refusals: Refusal[];
  /** Ids of the knowledge chunks that the replies rest on; all of them were found in this turn. */
  citations: string[];
  /** The approved answer that was sent or came nearest; see the score `canonical`. */
  canonicalId?: string;
  /** Approved answers that were all close enough and say different things: none of them was sent. */
  contradictedIds?: string[];
  /** The blocked topic that was met. */
  topic?: string;
  tools?: FinishedTool[];
  error?: string;
}

/** One decision, complete: what is committed is exactly this. Plain JSON. */
export interface TurnResult {
  decision: Decision;
  confidence: number;
  /** The signals of the decision, by name; see `Signal` and `recomputeDecision`. */
  scores: Record<string, number>;
  /** One sentence for the decision ledger. */
  reason: string;
  fromState: string;
  toState: string;
  /** Empty only where the bot falls silent: against another bot, or where it may not speak. */
  replies: Reply[];
  /** Only fields that the machine declares, validated. */
  fields: Record<string, unknown>;
  escalation:
    | { reason: string; category: string; urgency: "low" | "normal" | "high"; summary: string }
    | null;
  /** What is to be done besides, in order; the engine itself does nothing. */
  effects: Effect[];
  /** Whether the turn understood nothing new; counts towards `after_failed_turns`. */
  isFailed: boolean;
  intent: string;
  language: string;
  sentiment: "negative" | "neutral" | "positive";
  topics: string[];
  /** The rolling summary of the conversation after this turn; `null` leaves the stored one. */
  summary: string | null;
  model: {
    name: string;
    calls: number;
    inputTokens: number;
    cachedTokens: number;
    outputTokens: number;
    costUsd: number;
  };
  evidence: TurnEvidence;
}
