import type { Ending } from "../provider-reply.ts";

/**
 * Why a chat completion ended, in our words. A reason that we don't know is taken for a complete answer: what was
 * said is checked anyhow.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/object#chat/object-choices (finish_reason)
 */
export function mapFinishReason(reason: string): Ending {
  switch (reason) {
    case "length":
      return "cut";
    case "content_filter":
      return "declined";
    case "tool_calls":
    case "function_call":
      return "tools";
    default:
      return "complete";
  }
}
