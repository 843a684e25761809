import type Anthropic from "@anthropic-ai/sdk";
import type { Effort } from "../provider-options.ts";

/**
 * How hard to think, in Anthropic's words: its least is `low`.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/effort
 */
export function mapEffort(effort: Effort | undefined): Anthropic.OutputConfig["effort"] {
  return effort === "none" || effort === "minimal" ? "low" : effort;
}
