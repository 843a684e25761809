import type { ChatMessage } from "../../../src/chat-message.ts";
import type { Customer, LedgerEvent } from "../../../src/ledger-event.ts";
import type { Overview } from "../api/simulator-api.ts";
import { applyEvent } from "./apply-event.ts";
import { chatKey, type PhoneMessage, type PhoneState, putMessage, withChat } from "./phone-model.ts";

/** What can happen to it. */
export type PhoneAction =
  | { type: "connection"; connection: PhoneState["connection"] }
  | { type: "overview"; overview: Overview }
  | { type: "messages"; customer: string; phoneNumberId: string; messages: ChatMessage[] }
  | { type: "customer"; customer: Customer }
  | { type: "local"; message: PhoneMessage }
  | { type: "event"; event: LedgerEvent };

/** The next state. Pure; the same event twice changes nothing, so snapshots and events may overlap. */
export function reducePhone(state: PhoneState, action: PhoneAction): PhoneState {
  switch (action.type) {
    case "connection":
      return { ...state, connection: action.connection };
    case "overview":
      return withOverview(state, action.overview);
    case "customer":
      return { ...state, customers: { ...state.customers, [action.customer.id]: action.customer } };
    case "messages":
      return withChat(state, action.customer, action.phoneNumberId, (chat) => ({
        ...chat,
        isLoaded: true,
        messages: [...action.messages, ...chat.messages.filter((each) => isOnlyHere(each, action.messages))],
      }));
    case "local":
      return withChat(state, action.message.customer, action.message.phone_number_id, (chat) => ({
        ...chat,
        messages: putMessage(chat.messages, action.message),
      }));
    case "event":
      return applyEvent(state, action.event);
  }
}

function withOverview(state: PhoneState, overview: Overview): PhoneState {
  const chats = Object.fromEntries(overview.chats.map((summary) => {
    const key = chatKey(summary.customer, summary.phone_number_id);
    const known = state.chats[key];
    const messages = summary.last ? putMessage(known?.messages ?? [], summary.last) : known?.messages ?? [];
    return [key, {
      phoneNumberId: summary.phone_number_id,
      customer: summary.customer,
      messages,
      isLoaded: false,
      unread: summary.unread,
      typingUntil: known?.typingUntil ?? 0,
    }];
  }));
  return {
    ...state,
    numbers: overview.numbers,
    customers: Object.fromEntries(overview.customers.map((each) => [each.id, each])),
    chats: { ...state.chats, ...chats },
  };
}

function isOnlyHere(message: PhoneMessage, stored: ChatMessage[]): boolean {
  if (stored.some((each) => each.wamid === message.wamid)) return false;
  // What came by event while the messages were on their way, and what has not left yet.
  return message.local !== undefined || message.at > (stored.at(-1)?.at ?? "");
}
