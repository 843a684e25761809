import type { ChatMessage } from "../../../src/chat-message.ts";
import type { Customer, LedgerEvent } from "../../../src/ledger-event.ts";
import type { Overview } from "../api/simulator-api.ts";
import { applyEvent } from "./apply-event.ts";
import { changeChat, type PhoneMessage, type PhoneState, putMessage } from "./phone-model.ts";

/** What can happen to it. */
export type PhoneAction =
  | { type: "connection"; connection: PhoneState["connection"] }
  | { type: "overview"; overview: Overview }
  | { type: "messages"; customer: string; phoneNumberId: string; messages: ChatMessage[] }
  | { type: "customer"; customer: Customer }
  | { type: "local"; message: PhoneMessage }
  | { type: "events"; events: LedgerEvent[] };

/** The next state. Pure; the same event twice changes nothing, so snapshots and events may overlap. */
export function reducePhone(state: PhoneState, action: PhoneAction): PhoneState {
  // One copy for all events of a burst: a simulator may have thousands of chats.
  const draft = { ...state, customers: { ...state.customers }, chats: { ...state.chats } };
  switch (action.type) {
    case "connection":
      draft.connection = action.connection;
      break;
    case "overview":
      takeOverview(draft, action.overview);
      break;
    case "customer":
      draft.customers[action.customer.id] = action.customer;
      break;
    case "messages":
      changeChat(draft, action.customer, action.phoneNumberId, (chat) => ({
        ...chat,
        isLoaded: true,
        messages: [...action.messages, ...chat.messages.filter((each) => isOnlyHere(each, action.messages))],
      }));
      break;
    case "local":
      changeChat(draft, action.message.customer, action.message.phone_number_id, (chat) => ({
        ...chat,
        messages: putMessage(chat.messages, action.message),
      }));
      break;
    case "events":
      for (const event of action.events) applyEvent(draft, event);
  }
  return draft;
}

function takeOverview(draft: PhoneState, overview: Overview): void {
  draft.numbers = overview.numbers;
  for (const customer of overview.customers) draft.customers[customer.id] = customer;
  for (const summary of overview.chats) {
    changeChat(draft, summary.customer, summary.phone_number_id, (chat) => ({
      ...chat,
      messages: summary.last ? putMessage(chat.messages, summary.last) : chat.messages,
      isLoaded: false,
      unread: summary.unread,
    }));
  }
}

function isOnlyHere(message: PhoneMessage, stored: ChatMessage[]): boolean {
  if (stored.some((each) => each.wamid === message.wamid)) return false;
  // What came by event while the messages were on their way, and what has not left yet.
  return message.local !== undefined || message.at > (stored.at(-1)?.at ?? "");
}
