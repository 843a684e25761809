import * as z from "zod/mini";

const text = z.nullable(z.string());

/** A conversation as `api.session` has it. */
export const sessionRecord = z.object({
  id: z.string(),
  contact_id: z.string(),
  contact_name: text,
  contact_phone: text,
  config_id: z.string(),
  channel_type: z.string(),
  channel_name: z.string(),
  holder: z.enum(["bot", "human", "queue"]),
  status: z.enum(["open", "resolved", "archived"]),
  state: text,
  assigned_to: text,
  priority: z.number(),
  tags: z.array(z.string()),
  variables: z.record(z.string(), z.unknown()),
  fence: z.coerce.number(),
  window_expires_at: text,
  last_message_at: text,
  last_message_preview: text,
  last_message_from: text,
  unread_count: z.number(),
  summary: text,
  intent: text,
  sentiment: text,
  language: text,
  escalation_id: text,
  escalation_reason: text,
  escalation_category: text,
  escalation_urgency: text,
  escalation_summary: text,
  due_at: text,
  snoozed_until: text,
  opted_out_at: text,
  blocked_at: text,
  /** Until when the bot is silent because the owner answered from the phone app. */
  held_until: text,
  /** Since when somebody has seen that a person is wanted. */
  acknowledged_at: text,
  created_at: z.string(),
});

/** Parsed form of {@linkcode sessionRecord}. */
export type Session = z.infer<typeof sessionRecord>;

/** What a contact is called: name, else number. */
export function nameOf(session: Pick<Session, "contact_name" | "contact_phone">, unknown: string): string {
  return session.contact_name?.trim() || (session.contact_phone ? `+${session.contact_phone}` : unknown);
}
