import { z } from "zod";

/** The one structured form in which every model answers. */
export const proposal = z.object({
  /** One to four messages, in the language of the contact. */
  replies: z.array(z.object({
    text: z.string().trim().min(1).max(4096),
    /** Up to three quick answers; titles of at most 20 characters. */
    buttons: z.array(z.object({ id: z.string().min(1).max(256), title: z.string().trim().min(1).max(20) }))
      .max(3)
      .default([]),
  })).min(1).max(4),
  /** The state to move to, or `null` to stay. */
  transition: z.string().nullable(),
  /** Fields understood from the new messages, by field name. */
  fields: z.record(z.string(), z.unknown()),
  escalation: z.object({
    reason: z.string().min(1),
    category: z.enum(["asked_for_person", "complaint", "out_of_scope", "failure", "rule", "other"]),
    urgency: z.enum(["low", "normal", "high"]),
    summary: z.string(),
  }).nullable(),
  intent: z.string(),
  /** BCP 47, such as `es`, `en`, `pt`. */
  language: z.string().min(2).max(20),
  sentiment: z.enum(["negative", "neutral", "positive"]),
  topics: z.array(z.string()).max(10),
  /** How sure the model is, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What to remember of the whole conversation, in at most three sentences; `null` if nothing new was said. */
  summary: z.string().nullable().default(null),
  /** Ids of the knowledge chunks that the replies rest on. */
  citations: z.array(z.string()),
});

/** Parsed form of {@linkcode proposal}. */
export type Proposal = z.infer<typeof proposal>;
