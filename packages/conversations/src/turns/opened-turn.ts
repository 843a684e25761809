import { z } from "zod";
import type { MachineDefinition, SnapshotMessage, TurnSnapshot } from "@app/sales-engine/mod.ts";

const record = z.record(z.string(), z.unknown());

const storedMessage = z.object({
  id: z.string(),
  seq: z.number(),
  from: z.enum(["contact", "bot", "agent", "system"]),
  type: z.string(),
  content: z.string(),
  at: z.string(),
  external_id: z.string().nullable(),
  payload: record.nullable(),
  referral: record.nullable(),
  quoted: z.object({
    from: z.enum(["contact", "bot", "agent", "system"]),
    type: z.string(),
    content: z.string(),
  }).nullable(),
  media: z.object({ duration_ms: z.number().nullable(), file_name: z.string().nullable() }).nullable(),
});

const openedTurn = z.object({
  turn_id: z.uuid(),
  fence: z.number(),
  machine_version_id: z.uuid(),
  config_id: z.uuid(),
  cause: z.enum(["messages", "follow_up", "hand_back", "promise", "delivery_failed"]),
  /** What a reminder is for. */
  note: z.string().nullable(),
  undelivered: z.array(z.object({ content: z.string(), reason: z.string() })).nullable(),
  session: z.object({
    id: z.uuid(),
    state: z.string().nullable(),
    variables: record,
    turns_in_state: z.number(),
    failed_turns: z.number(),
    clarifications: z.number(),
    language: z.string().nullable(),
    summary: z.string().nullable(),
    hand_back_note: z.string().nullable(),
  }),
  promises: z.array(z.object({ content: z.string(), due_at: z.string(), doer: z.enum(["bot", "person"]) }))
    .nullable(),
  contact: z.object({
    id: z.string(),
    name: z.string().nullable(),
    language: z.string().nullable(),
    attributes: record,
    escalations_today: z.number(),
    summaries: z.array(z.string()).nullable(),
  }),
  finished_tools: z.array(
    z.object({ key: z.string(), name: z.string(), text: z.string(), isError: z.boolean() }),
  ).nullable(),
  history: z.array(storedMessage),
  pending: z.array(storedMessage),
});

const sharedFile = z.object({
  name: z.string(),
  description: z.string(),
  media_id: z.uuid(),
  mime_type: z.string(),
  file_name: z.string().nullable(),
});

/** A file that the bot may send. */
export type SharedFile = z.infer<typeof sharedFile>;

/** A turn that was begun in the database, and what it knows. */
export type OpenedTurn = z.infer<typeof openedTurn>;

/** What `engine.open_turns` returns. */
export const openedTurns = z.object({
  now: z.string(),
  tenant: z.object({ name: z.string(), locale: z.string(), time_zone: z.string(), settings: record }),
  /** Members of the tenant who say that they are there; `null` where it has none. */
  agents_online: z.number().nullable(),
  /** Whether the tenant has answers that are sent without a model. */
  has_approved_answers: z.boolean(),
  /** Files that the bot may send by name. */
  files: z.array(sharedFile).nullable(),
  opened: z.array(openedTurn),
  skipped: z.array(z.object({ session_id: z.uuid(), outcome: z.string() })),
});

/** Parsed form of {@linkcode openedTurns}. */
export type OpenedTurns = z.infer<typeof openedTurns>;

/** Writes an opened turn as the engine reads it. */
export function toSnapshot(
  turn: OpenedTurn,
  { now, tenant, files, agents_online }: Pick<OpenedTurns, "now" | "tenant" | "files" | "agents_online">,
  machine: MachineDefinition,
): TurnSnapshot {
  const { session, contact } = turn;
  return {
    now,
    tenant: {
      name: tenant.name,
      locale: tenant.locale,
      timeZone: tenant.time_zone,
      settings: tenant.settings,
    },
    machine,
    session: {
      id: session.id,
      state: session.state,
      variables: session.variables,
      turnsInState: session.turns_in_state,
      failedTurns: session.failed_turns,
      language: session.language,
      summary: session.summary,
      clarifications: session.clarifications,
      ...(session.hand_back_note !== null && { handBackNote: session.hand_back_note }),
    },
    contact: {
      id: contact.id,
      name: contact.name,
      language: contact.language,
      attributes: contact.attributes,
      escalationsToday: contact.escalations_today,
      summaries: contact.summaries ?? [],
    },
    people: { agentsOnline: agents_online },
    finishedTools: turn.finished_tools ?? [],
    media: (files ?? []).map(({ name, description }) => ({ name, description })),
    cause: turn.cause,
    ...(turn.note !== null && { note: turn.note }),
    ...(turn.undelivered !== null && { undelivered: turn.undelivered }),
    promises: (turn.promises ?? []).map(({ content, due_at, doer }) => ({
      content,
      dueAt: new Date(due_at).toISOString(),
      doer,
    })),
    history: turn.history.map(toMessage),
    pending: turn.pending.map(toMessage),
  };
}

function toMessage(stored: z.infer<typeof storedMessage>) {
  const { id, seq, from, type, content, at, payload, media, quoted } = stored;
  const message: SnapshotMessage = { id, seq, from, type, content, at };
  const tapId = tapIdOf(payload);
  if (tapId !== undefined) message.tapId = tapId;
  const ad = adOf(stored.referral);
  if (ad !== undefined) message.ad = ad;
  if (quoted !== null) message.quoted = quoted;
  if (media?.duration_ms != null) message.durationMs = media.duration_ms;
  if (media?.file_name != null) message.fileName = media.file_name;
  return message;
}

const referral = z.object({ headline: z.string().optional(), body: z.string().optional() });

/** Longest words of an ad that a turn reads, in UTF-16 units. */
const maxAdLength = 500;

/** The words of the ad or post that led here, if it had any. */
function adOf(stored: Record<string, unknown> | null): string | undefined {
  const { headline, body } = referral.safeParse(stored).data ?? {};
  const words = [headline, body].filter((line) => line !== undefined && line.trim() !== "");
  return words.length > 0 ? words.join(": ").slice(0, maxAdLength).toWellFormed() : undefined;
}

const tap = z.union([
  z.object({ button_reply: z.object({ id: z.string() }) }).transform((body) => body.button_reply.id),
  z.object({ list_reply: z.object({ id: z.string() }) }).transform((body) => body.list_reply.id),
]);
const tapped = z.union([tap, z.object({ interactive: tap }).transform((body) => body.interactive)]);

/** The id of the button or row that a message taps, whether or not its body stands under its type's name. */
function tapIdOf(payload: Record<string, unknown> | null): string | undefined {
  if (payload === null) return undefined;
  const parsed = tapped.safeParse(payload);
  return parsed.success ? parsed.data : undefined;
}
