import type { ToolCall } from "@app/sales-engine/mod.ts";
import type { ModelUsage } from "./prices/model-price.ts";

/** How an answer ended, in our words. */
export type Ending =
  /** The model had said everything. */
  | "complete"
  /** The model waits for the results of tools. */
  | "tools"
  /** The limit of tokens was reached, or the provider stopped in the middle. */
  | "cut"
  /** The model or its provider declined. */
  | "declined";

/** What a provider answered, in our words. */
export interface ProviderReply {
  text: string;
  toolCalls: ToolCall[];
  /** `null` if the stream broke off before it said so. */
  ending: Ending | null;
  usage: ModelUsage;
}
