import { z } from "zod";
import { boundedText } from "../bounded-json.ts";
import { cleanText } from "../validate-field.ts";
import { builtIn, type BuiltInTool } from "./built-in-tool.ts";
import { searchKnowledge } from "./search-knowledge.ts";

/** Minutes of the reply window less a quarter of an hour, so that a late worker still finds it open. */
const longestFollowUp = 24 * 60 - 15;

const line = (max: number) => z.string().trim().min(1).max(max).transform(cleanText);
const scalar = z.union([z.string().max(200).transform(cleanText), z.number(), z.boolean()]);
const attributeName = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, {
  error: "a lowercase name of letters, digits and _",
});

const updateContact = builtIn({
  name: "update_contact",
  description: "Keeps what the customer told about themselves as a person, for all conversations to come.",
  effect: "update_contact",
  input: z.strictObject({
    name: line(100).optional(),
    attributes: z.record(attributeName, scalar).refine((each) => Object.keys(each).length <= 10, {
      error: "at most 10 attributes",
    }).optional(),
  }),
  run({ name, attributes }, { harvest }) {
    const index = harvest.effects.findIndex(({ kind }) => kind === "update_contact");
    const before = harvest.effects[index];
    const known = before?.kind === "update_contact" ? before : undefined;
    const merged = {
      kind: "update_contact" as const,
      ...((name ?? known?.name) !== undefined && { name: name ?? known?.name }),
      attributes: { ...known?.attributes, ...attributes },
    };
    if (index >= 0) harvest.effects[index] = merged;
    else harvest.effects.push(merged);
    return { text: "Kept." };
  },
});

const setFields = builtIn({
  name: "set_fields",
  description: "Stores fields of the machine. The same as filling in `fields` of the answer.",
  input: z.strictObject({ fields: z.record(z.string().max(63), z.unknown()) }),
  run({ fields }, { harvest }) {
    Object.assign(harvest.fields, fields);
    return { text: "Noted; the fields are checked with your answer." };
  },
});

const escalate = builtIn({
  name: "escalate",
  description: "Calls a person of the team. Say so in your answer.",
  input: z.strictObject({
    reason: line(500),
    category: z.enum(["asked_for_person", "complaint", "out_of_scope", "failure", "rule", "other"]),
    urgency: z.enum(["low", "normal", "high"]),
    summary: z.string().max(2_000).transform(cleanText).default(""),
  }),
  run(input, { harvest }) {
    harvest.escalation = input;
    return { text: "A person will be called." };
  },
});

const scheduleFollowUp = builtIn({
  name: "schedule_follow_up",
  description: "Has you write again if the customer stays quiet for so many minutes. Any answer cancels it.",
  effect: "schedule_follow_up",
  input: z.strictObject({ after_minutes: z.int().min(1).max(longestFollowUp), note: line(500) }),
  run({ after_minutes, note }, { harvest }) {
    const others = harvest.effects.filter(({ kind }) => kind !== "schedule_follow_up");
    harvest.effects = [...others, { kind: "schedule_follow_up", afterMinutes: after_minutes, note }];
    return { text: "Planned." };
  },
});

const sendMedia = builtIn({
  name: "send_media",
  description: "Sends a file of the business after your messages, by one of the names under Files.",
  effect: "send_media",
  input: z.strictObject({ name: line(200), caption: z.string().max(1_024).transform(cleanText).default("") }),
  run({ name, caption }, { harvest, snapshot }) {
    const isKnown = snapshot.media?.some((each) => each.name === name) ?? false;
    if (!isKnown) return { text: `There is no file of that name: ${boundedText(name, 100)}`, isError: true };
    const isSent = harvest.effects.some((effect) => effect.kind === "send_media" && effect.name === name);
    if (!isSent && harvest.effects.filter(({ kind }) => kind === "send_media").length >= 3) {
      return { text: "Three files are enough for one turn.", isError: true };
    }
    if (!isSent) harvest.effects.push({ kind: "send_media", name, caption });
    return { text: "It will be sent." };
  },
});

const sendButtons = builtIn({
  name: "send_buttons",
  description: "Sends a message with one to three buttons before your messages.",
  input: z.strictObject({
    text: line(1_024),
    buttons: z.array(z.strictObject({ id: line(256), title: line(20) })).min(1).max(3),
  }),
  run({ text, buttons }, { harvest }) {
    harvest.replies.push({ text, buttons });
    return { text: "It will be sent." };
  },
});

const sendList = builtIn({
  name: "send_list",
  description: "Sends a message with up to ten rows to choose from before your messages.",
  input: z.strictObject({
    text: line(1_024),
    button: line(20),
    rows: z.array(
      z.strictObject({ id: line(200), title: line(24), description: line(72).optional() }),
    ).min(1).max(10).refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, {
      error: "each id once",
    }),
  }),
  run({ text, button, rows }, { harvest }) {
    harvest.replies.push({ text, buttons: [], list: { button, rows } });
    return { text: "It will be sent." };
  },
});

/** The tools that the engine brings along; a state may use those that it lists. */
export const builtInTools: readonly BuiltInTool[] = [
  searchKnowledge,
  updateContact,
  setFields,
  escalate,
  scheduleFollowUp,
  sendMedia,
  sendButtons,
  sendList,
];

/** The names that no tool of a tenant may have. */
export const builtInToolNames: readonly string[] = builtInTools.map(({ name }) => name);
