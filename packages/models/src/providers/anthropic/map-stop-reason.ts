import type { Ending } from "../provider-reply.ts";

/**
 * Why a message of Anthropic ended, in our words. A reason that we don't know is taken for a complete answer: what
 * was said is checked anyhow.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
 */
export function mapStopReason(reason: string): Ending {
  switch (reason) {
    case "max_tokens":
    case "model_context_window_exceeded":
    case "pause_turn":
      return "cut";
    case "refusal":
      return "declined";
    case "tool_use":
      return "tools";
    default:
      return "complete";
  }
}
