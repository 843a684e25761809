import { z } from "zod";

const name = z.string().trim().min(1).max(100);

const choice = z.object({
  /** `openai`, `anthropic`, `gemini`, `compatible` or `offline`. */
  provider: z.string().trim().min(1).max(50),
  /** The provider's name of the model; the offline model has none. */
  name: name.optional(),
  /** Which server, for `compatible`: one of those that the deployment knows. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).optional(),
  timeoutMs: z.int().min(1_000).max(120_000).optional(),
  maxOutputTokens: z.int().min(256).max(65_536).optional(),
  /** What a server of one's own can be told about the form of the answer. */
  answerFormat: z.enum(["json_schema", "json_object", "text"]).optional(),
});

/** The part of a tenant's settings that chooses models; other settings are none of our business. */
export const modelSettings = z.object({
  model: choice.extend({
    /** Asked in order when the first gives no answer. */
    fallback: z.array(choice).max(4).default([]),
    /** Answers in place of the first when a budget is nearly spent; the fallbacks stay behind it. */
    smaller: choice.optional(),
  }),
});

/** One model that a tenant chose. */
export type ModelChoice = z.infer<typeof choice>;
