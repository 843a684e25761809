import type { SnapshotMessage } from "../snapshot.ts";

/** What approved answers are looked up by. */
export interface CanonicalQuestion {
  /** The new messages of the customer, oldest first. */
  messages: SnapshotMessage[];
  /** BCP 47, as far as it is known. */
  language: string;
}

/** The approved answer that comes nearest. */
export interface CanonicalMatch {
  id: string;
  /** Likeness, 0 to 1. */
  score: number;
  /** What is sent, in the language that was asked for. */
  text: string;
}

/** Finds answers that people of the tenant have approved. Asked before every model call. */
export interface CanonicalAnswers {
  /** @returns The nearest one that is neither expired nor contradicted, or `null`. */
  find(question: CanonicalQuestion, signal: AbortSignal): Promise<CanonicalMatch | null>;
}

/**
 * How far the money goes; see the settings' `budgets`. `save`: a cheaper model answers. `approved_only`: no model is
 * asked, looking for approved answers may cost what it costs. `spent`: nothing may cost anything; only an approved
 * answer to the very same words is found. Without one, a person is called, or waited for.
 */
export type BudgetLevel = "within" | "save" | "approved_only" | "spent";
