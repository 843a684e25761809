import { z } from "zod";
import type { JsonObject, LedgerEvent } from "../../../src/ledger-event.ts";
import { changeChat, type PhoneMessage, type PhoneState, putMessage } from "./phone-model.ts";

const TYPING_MS = 25_000;

/** Takes one event of the simulator into a draft of what the page knows, in place. */
export function applyEvent(draft: PhoneState, event: LedgerEvent): void {
  switch (event.kind) {
    case "customer":
      draft.customers[event.profile.id] = event.profile;
      return;
    case "inbound":
    case "outbound":
    case "echo":
      return addMessage(draft, event);
    case "inbound_acknowledged":
      return changeMessage(draft, event, (message) => ({ ...message, acknowledged: true }));
    case "inbound_refused":
      return changeMessage(draft, event, (message) => ({ ...message, attempts: event.attempts }));
    case "status":
      return addStatus(draft, event);
    case "seen":
      return markSeen(draft, event);
    case "typing":
      return changeChat(draft, event.customer, event.phone_number_id, (chat) => ({
        ...chat,
        typingUntil: Date.parse(event.at) + TYPING_MS,
      }));
  }
}

function markSeen(draft: PhoneState, event: Extract<LedgerEvent, { kind: "seen" }>): void {
  changeChat(draft, event.customer, event.phone_number_id, (chat) => {
    const last = chat.messages.findLastIndex((message) => message.wamid === event.wamid);
    return {
      ...chat,
      messages: chat.messages.map((message, index) =>
        index <= last && message.direction === "inbound" && !message.seen
          ? { ...message, seen: true }
          : message
      ),
    };
  });
}

function addMessage(
  draft: PhoneState,
  event: Extract<LedgerEvent, { kind: "inbound" | "outbound" | "echo" }>,
): void {
  const isOutbound = event.kind !== "inbound";
  changeChat(draft, event.customer, event.phone_number_id, (chat) => {
    const known = chat.messages.find((message) => message.wamid === event.wamid);
    if (known && known.local === undefined) return chat;
    const message: PhoneMessage = {
      wamid: event.wamid,
      direction: isOutbound ? "outbound" : "inbound",
      ...(event.kind === "echo" && { is_echo: true }),
      phone_number_id: event.phone_number_id,
      customer: event.customer,
      at: event.at,
      message: event.message,
      statuses: [],
      acknowledged: known?.acknowledged ?? false,
      attempts: known?.attempts ?? 0,
      seen: known?.seen ?? false,
      owed: [],
    };
    return {
      ...chat,
      messages: changeEarlier(putMessage(chat.messages, message), event.message),
      unread: chat.unread + (isOutbound ? 1 : 0),
      typingUntil: isOutbound ? 0 : chat.typingUntil,
    };
  });
}

/** An edit or a deletion is a message of its own that changes what an earlier one shows. */
function changeEarlier(messages: PhoneMessage[], message: JsonObject): PhoneMessage[] {
  const { edit, revoke } = secondThought.parse(message);
  const earlier = (edit ?? revoke)?.original_message_id;
  if (earlier === undefined) return messages;
  return messages.map((each) =>
    each.wamid !== earlier ? each : edit ? { ...each, edited: edit.message } : { ...each, is_revoked: true }
  );
}

const secondThought = z.object({
  edit: z.object({ original_message_id: z.string(), message: z.record(z.string(), z.unknown()) }).optional(),
  revoke: z.object({ original_message_id: z.string() }).optional(),
});

function addStatus(draft: PhoneState, event: Extract<LedgerEvent, { kind: "status" }>): void {
  changeMessage(draft, event, (message) => ({
    ...message,
    statuses: message.statuses.includes(event.status)
      ? message.statuses
      : [...message.statuses, event.status],
  }));
  if (event.status !== "read") return;
  changeChat(draft, event.customer, event.phone_number_id, (chat) => ({ ...chat, unread: 0 }));
}

function changeMessage(
  draft: PhoneState,
  about: { wamid: string; customer: string; phone_number_id: string },
  change: (message: PhoneMessage) => PhoneMessage,
): void {
  changeChat(draft, about.customer, about.phone_number_id, (chat) => ({
    ...chat,
    messages: chat.messages.map((message) => message.wamid === about.wamid ? change(message) : message),
  }));
}
