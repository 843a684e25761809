import type { LedgerEvent } from "../../../src/ledger-event.ts";
import { type PhoneMessage, type PhoneState, putMessage, withChat } from "./phone-model.ts";

const TYPING_MS = 25_000;

/** What the page knows after one event of the simulator. */
export function applyEvent(state: PhoneState, event: LedgerEvent): PhoneState {
  switch (event.kind) {
    case "customer":
      return { ...state, customers: { ...state.customers, [event.profile.id]: event.profile } };
    case "inbound":
    case "outbound":
      return withMessage(state, event);
    case "inbound_acknowledged":
      return withMessageChanged(state, event, (message) => ({ ...message, acknowledged: true }));
    case "inbound_refused":
      return withMessageChanged(state, event, (message) => ({ ...message, attempts: event.attempts }));
    case "status":
      return withStatus(state, event);
    case "seen":
      return withChat(state, event.customer, event.phone_number_id, (chat) => {
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
    case "typing":
      return withChat(state, event.customer, event.phone_number_id, (chat) => ({
        ...chat,
        typingUntil: Date.parse(event.at) + TYPING_MS,
      }));
    default:
      return state;
  }
}

function withMessage(
  state: PhoneState,
  event: Extract<LedgerEvent, { kind: "inbound" | "outbound" }>,
): PhoneState {
  const isOutbound = event.kind === "outbound";
  return withChat(state, event.customer, event.phone_number_id, (chat) => {
    const known = chat.messages.find((message) => message.wamid === event.wamid);
    if (known && known.local === undefined) return chat;
    const message: PhoneMessage = {
      wamid: event.wamid,
      direction: event.kind,
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
      messages: putMessage(chat.messages, message),
      unread: chat.unread + (isOutbound ? 1 : 0),
      typingUntil: isOutbound ? 0 : chat.typingUntil,
    };
  });
}

function withStatus(state: PhoneState, event: Extract<LedgerEvent, { kind: "status" }>): PhoneState {
  const changed = withMessageChanged(state, event, (message) => ({
    ...message,
    statuses: message.statuses.includes(event.status)
      ? message.statuses
      : [...message.statuses, event.status],
  }));
  if (event.status !== "read") return changed;
  return withChat(changed, event.customer, event.phone_number_id, (chat) => ({ ...chat, unread: 0 }));
}

function withMessageChanged(
  state: PhoneState,
  about: { wamid: string; customer: string; phone_number_id: string },
  change: (message: PhoneMessage) => PhoneMessage,
): PhoneState {
  return withChat(state, about.customer, about.phone_number_id, (chat) => ({
    ...chat,
    messages: chat.messages.map((message) => message.wamid === about.wamid ? change(message) : message),
  }));
}
