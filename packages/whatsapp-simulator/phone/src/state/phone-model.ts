import type { ChatMessage } from "../../../src/chat-message.ts";
import type { Customer } from "../../../src/ledger-event.ts";
import type { PhoneNumber } from "../api/simulator-api.ts";

/** A message as the phone has it. `local`: it is only here, on its way or stuck. */
export type PhoneMessage = ChatMessage & { local?: "sending" | "failed" };

/** One customer and one number. */
export interface PhoneChat {
  phoneNumberId: string;
  customer: string;
  messages: PhoneMessage[];
  /** Whether all messages are here, not only the newest. */
  isLoaded: boolean;
  unread: number;
  /** Milliseconds since 1970 until which the business counts as typing. */
  typingUntil: number;
}

/** All that the page knows. */
export interface PhoneState {
  connection: "connecting" | "online" | "lost";
  numbers: PhoneNumber[];
  customers: Record<string, Customer>;
  chats: Record<string, PhoneChat>;
}

/** Before anything is known. */
export const emptyState: PhoneState = { connection: "connecting", numbers: [], customers: {}, chats: {} };

/** Names a chat. */
export function chatKey(customer: string, phoneNumberId: string): string {
  return `${customer}|${phoneNumberId}`;
}

/** Changes one chat of a draft in place; the chat begins to exist if it did not. */
export function changeChat(
  draft: PhoneState,
  customer: string,
  phoneNumberId: string,
  change: (chat: PhoneChat) => PhoneChat,
): void {
  const key = chatKey(customer, phoneNumberId);
  draft.chats[key] = change(
    draft.chats[key] ??
      { phoneNumberId, customer, messages: [], isLoaded: false, unread: 0, typingUntil: 0 },
  );
}

/** Adds a message, or replaces the one of that id where it stands. */
export function putMessage(messages: PhoneMessage[], message: PhoneMessage): PhoneMessage[] {
  const index = messages.findLastIndex((each) => each.wamid === message.wamid);
  return index === -1 ? [...messages, message] : messages.with(index, message);
}
