/** A reply as it will be queued, in order. */
export interface Reply {
  text: string;
  buttons: { id: string; title: string }[];
}

/** Something a model proposed and the engine did not allow. */
export interface Refusal {
  what: "transition" | "field" | "tool" | "reply" | "escalation" | "answer";
  value: unknown;
  why: string;
}

/** One decision, complete: what is committed is exactly this. Plain JSON. */
export interface TurnResult {
  decision: "auto_answer" | "clarify" | "canonical" | "escalate" | "queue" | "refuse";
  confidence: number;
  scores: Record<string, number>;
  /** One sentence for the decision ledger. */
  reason: string;
  fromState: string;
  toState: string;
  replies: Reply[];
  /** Only fields that the machine declares, validated. */
  fields: Record<string, unknown>;
  escalation:
    | { reason: string; category: string; urgency: "low" | "normal" | "high"; summary: string }
    | null;
  /** Whether the turn understood nothing new; counts towards `after_failed_turns`. */
  isFailed: boolean;
  intent: string;
  language: string;
  sentiment: "negative" | "neutral" | "positive";
  topics: string[];
  model: {
    name: string;
    calls: number;
    inputTokens: number;
    cachedTokens: number;
    outputTokens: number;
    costUsd: number;
  };
  evidence: { refusals: Refusal[]; citations: string[]; error?: string };
}
