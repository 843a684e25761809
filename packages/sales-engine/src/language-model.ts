import type { TurnSnapshot } from "./snapshot.ts";
import type { Proposal } from "./proposal.ts";
import type { ToolCall, ToolDefinition, ToolExchange } from "./tool-calls.ts";

/** A picture beside the text of a block. */
export interface PromptImage {
  mimeType: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
  /** The file in base64, without a data URL around it. */
  base64: string;
}

/** One block of the prompt. Blocks with `isCacheable` come first and are byte-identical for a tenant, machine version and model. */
export interface PromptBlock {
  role: "system" | "user" | "assistant";
  text: string;
  isCacheable: boolean;
  /** Pictures that belong to the text; only in blocks of the user. */
  images?: PromptImage[];
}

/** What a model is asked. */
export interface ModelRequest {
  blocks: PromptBlock[];
  /** JSON schema of the answer; the same for every state of a machine. */
  schema: Record<string, unknown>;
  /** What the blocks were written from; for models that do not read prose. */
  snapshot: TurnSnapshot;
  /** What was wrong with the first answer, when this is the repair attempt. */
  complaint?: string;
  deadlineMs: number;
  /** What the model may call before it answers: one list for the whole machine, so that providers can cache it. */
  tools?: ToolDefinition[];
  /** What was called in this turn and what came of it, oldest first. */
  toolExchanges?: ToolExchange[];
}

/** What a model said. `answer` is hostile until parsed as a {@linkcode Proposal}. */
export interface ModelReply {
  answer: unknown;
  model: string;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  costUsd: number;
  /** What the model wants to be called before it answers; `answer` is `null` then. As hostile as the answer. */
  toolCalls?: ToolCall[];
}

/** What calls of a model came to. */
export type ModelSpending = Pick<ModelReply, "inputTokens" | "cachedTokens" | "outputTokens" | "costUsd">;

/** Proposes what to say next. Hostile by assumption: its output is parsed, never trusted. */
export interface LanguageModel {
  /** Name as stored in `turns.model`, such as `offline`. */
  readonly name: string;
  /**
   * @throws When no answer came in time, or the provider refused. What was paid all the same is read by `spentOn`.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

export type { Proposal };
