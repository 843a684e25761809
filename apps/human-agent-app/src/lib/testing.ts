import type { Message } from "./records/message.ts";
import type { Session } from "./records/session.ts";

/** A conversation for tests; what is not given is plain. */
export function buildSession(more: Partial<Session> = {}): Session {
  return {
    id: "session",
    contact_id: "contact",
    contact_name: "Ana",
    contact_phone: "59170000000",
    config_id: "config",
    channel_type: "whatsapp",
    channel_name: "Ventas",
    holder: "bot",
    status: "open",
    state: "greeting",
    assigned_to: null,
    priority: 0,
    tags: [],
    variables: {},
    fence: 1,
    window_expires_at: null,
    last_message_at: "2026-11-30T11:00:00Z",
    last_message_preview: "hola",
    last_message_from: "contact",
    unread_count: 0,
    summary: null,
    intent: null,
    sentiment: null,
    language: null,
    escalation_id: null,
    escalation_reason: null,
    escalation_category: null,
    escalation_urgency: null,
    escalation_summary: null,
    due_at: null,
    snoozed_until: null,
    opted_out_at: null,
    blocked_at: null,
    held_until: null,
    acknowledged_at: null,
    created_at: "2026-11-30T10:00:00Z",
    ...more,
  };
}

/** A message for tests; what is not given is plain. */
export function buildMessage(more: Partial<Message> = {}): Message {
  return {
    id: "message",
    seq: 1,
    session_id: "session",
    direction: "inbound",
    sender_type: "contact",
    sender_id: null,
    type: "text",
    content: "hola",
    payload: {},
    media: null,
    reply_to: null,
    status: "received",
    error: null,
    turn_id: null,
    rag_sources: null,
    created_at: "2026-11-30T11:00:00Z",
    ...more,
  };
}
