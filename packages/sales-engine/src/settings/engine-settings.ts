import { z } from "zod";
import { localizedText } from "../machine-definition.ts";
import { officeHours } from "./office-hours.ts";

/** A share of certainty, 0 to 1. */
const share = z.number().min(0).max(1);
const words = z.array(z.string().trim().min(1).max(200)).max(200).default([]);
/** US dollars; `null` sets no limit. */
const dollars = z.number().positive().max(1_000_000).nullable().default(null);
/** A count; `null` sets no limit. */
const count = z.int().min(1).max(1_000_000).nullable().default(null);

const thresholds = z.strictObject({
  /** Confidence from which the model's answer stands. Default 0.75. */
  auto_answer: share.default(0.75),
  /** Confidence under which nothing counts as understood; from here up to `auto_answer` the bot asks back. Default 0.45. */
  clarify: share.default(0.45),
  /** Likeness from which an approved answer is sent without asking a model. Default 0.90. */
  canonical: share.default(0.9),
}).refine(({ auto_answer, clarify }) => clarify <= auto_answer, {
  path: ["clarify"],
  error: "at most auto_answer: what is sure enough to answer can't be too unsure to understand",
});

const blockedTopic = z.strictObject({
  /** Its name, as a model may list it among the topics of a turn. */
  topic: z.string().trim().min(1).max(100),
  /** Words of a customer that mean it, in any language; slips and accents are forgiven. */
  words: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
  /** What the bot says to it; a friendly refusal if absent. */
  answer: localizedText.optional(),
});

const limits = z.strictObject({
  /** Calls for a person in a day and contact; what comes after waits in the queue without an alarm. Default 3. */
  escalations_per_contact_per_day: z.int().min(1).max(100).default(3),
  /** Times in a row that the bot may ask back before a person is called. Default 2. */
  clarifications_in_a_row: z.int().min(1).max(10).default(2),
  /** Turns in a row against what looks like another bot, before silence and a person. Default 5. */
  turns_against_bots: z.int().min(2).max(20).default(5),
});

const budgets = z.strictObject({
  /** What all models may cost the tenant in a day, in US dollars. Default: no limit. */
  tenant_usd_per_day: dollars,
  /** The same of one contact. Default: no limit. */
  contact_usd_per_day: dollars,
  /** Turns with a model that one contact may have in a day. Default: no limit. */
  contact_turns_per_day: count,
  /** Share of a budget from which the cheaper model answers. Default 0.8. */
  save_from: share.default(0.8),
}).refine(
  ({ tenant_usd_per_day: tenant, contact_usd_per_day: contact }) =>
    tenant === null || contact === null || contact <= tenant,
  { path: ["contact_usd_per_day"], error: "at most tenant_usd_per_day" },
);

/**
 * How a tenant wants decisions to be made: the key `engine` of `tenants.settings`. Everything has a default;
 * unknown keys and contradictions are refused.
 */
export const engineSettings = z.strictObject({
  /** Certainty that the ways of answering need. */
  thresholds: thresholds.prefault({}),
  /** What the bot does not talk about. */
  blocked_topics: z.array(blockedTopic).max(100).default([]),
  /** Words that call a person, beside the built-in ones and the machine's. */
  hand_off_words: words,
  /** Whole messages with which a customer wants no more messages, beside STOP, BAJA, SAIR and their like. */
  opt_out_words: words,
  /** When people are there; always, if absent or `null`. */
  office_hours: officeHours.nullable().default(null),
  limits: limits.prefault({}),
  budgets: budgets.prefault({}),
}).check(({ value, issues }) => {
  const plain = (word: string) => word.trim().toLowerCase();
  const handOff = new Set(value.hand_off_words.map(plain));
  value.opt_out_words.forEach((word, index) => {
    if (!handOff.has(plain(word))) return;
    issues.push({
      code: "custom",
      path: ["opt_out_words", index],
      input: word,
      message: "a word that is not among hand_off_words: it can't call a person and end the conversation",
    });
  });
  value.blocked_topics.forEach(({ topic }, index) => {
    if (value.blocked_topics.findIndex((other) => plain(other.topic) === plain(topic)) === index) return;
    issues.push({
      code: "custom",
      path: ["blocked_topics", index, "topic"],
      input: topic,
      message: "each topic once",
    });
  });
});

/** Parsed form of {@linkcode engineSettings}: every default filled in. */
export type EngineSettings = z.infer<typeof engineSettings>;
