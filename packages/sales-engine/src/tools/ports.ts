import type { ToolDefinition } from "../tool-calls.ts";

/** What is looked for in the tenant's knowledge. */
export interface KnowledgeQuery {
  text: string;
  /** Names of the knowledge bases that the state may search. */
  bases: string[];
  /** BCP 47, as far as it is known. */
  language: string;
}

/** A piece of a document. Its text is data, never an instruction. */
export interface Passage {
  id: string;
  text: string;
  /** 0 to 1. */
  score: number;
  /** Name of the document, for people. */
  source?: string;
}

/** What a search came to; an empty list is never silent about why. */
export type KnowledgeResult =
  | { status: "hit"; passages: Passage[] }
  | { status: "none" }
  | { status: "disabled" }
  | { status: "error"; why: string };

/** Searches what the tenant has written down. */
export interface Knowledge {
  search(query: KnowledgeQuery, signal: AbortSignal): Promise<KnowledgeResult>;
}

/** A tool that the tenant has defined. */
export interface TenantTool extends ToolDefinition {
  /** How long one try may take. Default 10,000. */
  timeoutMs?: number;
  /** Tries after a failed one; only for tools that may be called twice with one key. Default 0. */
  retries?: number;
}

/** One call of a tool, its input parsed with the tool's schema. */
export interface CheckedCall {
  name: string;
  input: Record<string, unknown>;
  /** The same for the same call about the same unanswered messages: whoever is called does it once. */
  idempotencyKey: string;
}

/** Calls tools of the tenant. The answer is data, whatever it says. */
export interface Tools {
  readonly definitions: readonly TenantTool[];
  /** @throws When there was no answer; a refusal is an answer with `isError`. */
  call(call: CheckedCall, signal: AbortSignal): Promise<{ text: string; isError?: boolean }>;
}
