import { z } from "zod";

/** Name of a state or a field: what appears in paths, prompts and tables. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, {
  error: "a lowercase name of at most 63 letters, digits and _, starting with a letter",
});

/** BCP 47 language, with or without a region, such as `es` or `pt-BR`. */
const languageCode = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, {
  error: "a BCP 47 language such as es, en, pt or pt-BR",
});

const line = z.string().trim().min(1).max(1000);
const text = z.string().trim().min(1).max(4000);

/**
 * A text for customers: one string for every language, or one per language. `{field}` stands for the
 * collected value of that field; a sentence whose value is missing is left out when the text is said.
 */
export const localizedText = z.union([
  text,
  z.record(languageCode, text).refine((texts) => Object.keys(texts).length > 0, {
    error: "at least one language",
  }),
], { error: "a text, or texts by language such as { es, en, pt }" });

/** Parsed form of {@linkcode localizedText}. */
export type LocalizedText = z.infer<typeof localizedText>;

const option = z.union([
  line,
  z.strictObject({
    /** What is stored. */
    value: line,
    /** What customers read; the value if absent. */
    label: localizedText.optional(),
    /** Other words for it, in any language. */
    aliases: z.array(line).max(50).default([]),
  }),
], { error: "a text, or { value, label, aliases }" });

const field = z.strictObject({
  type: z.enum(["string", "integer", "number", "boolean", "date", "email", "phone", "enum"]),
  /** Whether the state can only be left towards its goal with this known. */
  required: z.boolean().default(false),
  /** What the value means, for the model and for the people who read it. */
  description: line,
  /** Whether it identifies a person: kept out of logs and removed by retention. */
  pii: z.boolean().default(false),
  /** Place among the fields of its state when they are asked for; lower is earlier. Databases forget the order of keys. */
  order: z.int().min(0).max(1000).default(0),
  /** How the bot asks for it. */
  ask: localizedText.optional(),
  /** The allowed values of an `enum`. */
  options: z.array(option).min(1).max(50).optional(),
  /** Least allowed value of an `integer` or `number`. */
  min: z.number().optional(),
  /** Greatest allowed value of an `integer` or `number`. */
  max: z.number().optional(),
});

const transition = z.strictObject({
  to: name,
  /** When to take it, in words. */
  when: line,
  /**
   * Whether required fields of the state that is left may be missing: a customer who says no, or who
   * wants a person, is not held back by a form.
   */
  may_skip_fields: z.boolean().default(false),
});

const example = z.union([
  text,
  z.strictObject({ language: languageCode.optional(), customer: text, bot: text }),
], { error: "a text, or { language, customer, bot }" });

const state = z.strictObject({
  /** What the bot wants to reach here. */
  objective: line,
  description: text.optional(),
  /** Signs that the objective is reached. */
  completion_signals: z.array(line).max(50).default([]),
  allowed_transitions: z.array(transition).max(50).default([]),
  fields: z.record(name, field).default({}),
  /** Names of the tools that may be called here. */
  tools: z.array(line).max(50).default([]),
  /** Names of the knowledge bases that may be searched here. */
  knowledge: z.array(line).max(50).default([]),
  /** What a good turn sounds like: a reply, or an exchange. */
  examples: z.array(example).max(50).default([]),
  /** What the bot says when it comes here: a greeting, a pitch, a summary of the order, a farewell. */
  say: localizedText.optional(),
  /** Turns that the bot may spend here before `on_exceeded`; final states are not counted. */
  max_turns: z.int().min(1).max(100).default(12),
  /** `escalate` calls a person; a state's name moves there. */
  on_exceeded: name.default("escalate"),
  /** Whether the conversation has reached an end here. */
  final: z.boolean().default(false),
  /** Has the bot write again if the customer stays quiet here; any answer cancels it. */
  follow_up: z.strictObject({
    /** Minutes after the customer's last message; free text may follow for 24 hours. */
    after_minutes: z.int().min(1).max(43_200),
    /** What to remind the customer of, for the model. */
    note: line.default("The customer has not answered"),
  }).optional(),
  /** Coming here calls a person, with this reason. */
  hand_over: z.strictObject({ reason: line, urgency: z.enum(["low", "normal", "high"]).default("normal") })
    .optional(),
});

/** The conversation that a tenant drew. Unknown keys are refused; see `parseMachine` for the checks across states. */
export const machineDefinition = z.strictObject({
  version: z.int().min(1),
  /** Where a conversation starts. */
  initial: name,
  persona: z.strictObject({
    name: line,
    tone: line,
    /** Languages that the bot speaks; the first is used until the customer's is known. */
    languages: z.array(languageCode).min(1).max(20),
  }),
  /** What the business is and sells, in a few sentences. */
  business: text.optional(),
  /** What the bot must always or never do. */
  rules: z.array(line).max(50).default([]),
  /** Prices, opening hours, conditions: what the bot may state without searching. */
  facts: z.array(z.strictObject({
    /** Words by which a customer asks for it, in any language; an option's value makes it the fact of that choice. */
    about: z.array(line).min(1).max(50),
    text: localizedText,
  })).max(200).default([]),
  states: z.record(name, state),
  escalation: z.strictObject({
    /** Words of a customer that call a person at once, beside the built-in ones. */
    keywords: z.array(line).max(200).default([]),
    /** Situations, in words, in which the model should call a person. */
    when: z.array(line).max(50).default([]),
    /** Turns in a row that understood nothing before a person is called. */
    after_failed_turns: z.int().min(1).max(20).default(2),
  }).prefault({}),
});

/** Parsed form of {@linkcode machineDefinition}: every default filled in. */
export type MachineDefinition = z.infer<typeof machineDefinition>;

/** One state of a machine. */
export type StateDefinition = MachineDefinition["states"][string];

/** One field that a state collects. */
export type FieldDefinition = StateDefinition["fields"][string];

/** One way out of a state. */
export type TransitionDefinition = StateDefinition["allowed_transitions"][number];

/** One example of a state. */
export type ExampleDefinition = StateDefinition["examples"][number];

/** One allowed value of an `enum` field. */
export type OptionDefinition = NonNullable<FieldDefinition["options"]>[number];
