import type { ChatMessage } from "./chat-message.ts";
import type { Customer, JsonObject, LedgerEvent } from "./ledger-event.ts";

/** All messages between one customer and one number. */
export interface Chat {
  phone_number_id: string;
  customer: string;
  messages: ChatMessage[];
  /** Milliseconds since 1970 of the newest message of the customer; 0 when there is none. */
  last_inbound_at: number;
}

/** What is the case, folded from the ledger; the same fold serves live and after a restart. */
export class World {
  readonly customers = new Map<string, Customer>();
  readonly chats = new Map<string, Chat>();
  readonly messages = new Map<string, ChatMessage>();
  readonly #byIdentity = new Map<string, string>();

  /** The person who has this phone (digits) or BSUID. */
  customerBy(identity: string): Customer | undefined {
    const id = this.#byIdentity.get(identity);
    return id === undefined ? undefined : this.customers.get(id);
  }

  /** The chat between a number and a customer; `undefined` while nothing was said. */
  chat(phoneNumberId: string, customer: string): Chat | undefined {
    return this.chats.get(`${phoneNumberId}|${customer}`);
  }

  /** Takes one event into account. */
  apply(event: LedgerEvent): void {
    switch (event.kind) {
      case "customer":
        this.customers.set(event.profile.id, event.profile);
        this.#byIdentity.set(event.profile.bsuid, event.profile.id);
        if (event.profile.phone) this.#byIdentity.set(event.profile.phone, event.profile.id);
        return;
      case "inbound":
      case "outbound":
        this.#add(event);
        return;
      case "rejected":
      case "typing":
        return;
      default:
        this.#update(event);
    }
  }

  #add(event: Extract<LedgerEvent, { kind: "inbound" | "outbound" }>): void {
    const isInbound = event.kind === "inbound";
    const at = isInbound ? writtenAt(event.message, event.at) : event.at;
    const message: ChatMessage = {
      wamid: event.wamid,
      direction: event.kind,
      phone_number_id: event.phone_number_id,
      customer: event.customer,
      at,
      message: event.message,
      statuses: [],
      acknowledged: false,
      attempts: 0,
      seen: false,
      owed: [],
    };
    if (!isInbound) {
      message.addressed_by = event.addressed_by;
      if (event.callback_data !== undefined) message.callback_data = event.callback_data;
    }
    this.messages.set(event.wamid, message);
    const key = `${event.phone_number_id}|${event.customer}`;
    let chat = this.chats.get(key);
    if (!chat) {
      chat = {
        phone_number_id: event.phone_number_id,
        customer: event.customer,
        messages: [],
        last_inbound_at: 0,
      };
      this.chats.set(key, chat);
    }
    chat.messages.push(message);
    if (isInbound) chat.last_inbound_at = Math.max(chat.last_inbound_at, Date.parse(at));
  }

  #update(
    event: Extract<
      LedgerEvent,
      { kind: "inbound_acknowledged" | "inbound_refused" | "status" | "status_acknowledged" | "seen" }
    >,
  ): void {
    const message = this.messages.get(event.wamid);
    if (!message) return;
    switch (event.kind) {
      case "inbound_acknowledged":
        message.acknowledged = true;
        return;
      case "inbound_refused":
        message.attempts = event.attempts;
        return;
      case "status":
        message.statuses.push(event.status);
        if (event.error) message.error = event.error;
        if (!event.dropped) message.owed.push(event.status);
        return;
      case "status_acknowledged":
        message.owed = message.owed.filter((status) => status !== event.status);
        return;
      case "seen":
        this.#markSeen(message);
    }
  }

  /** Marking one message as read marks those before it too. */
  #markSeen(newest: ChatMessage): void {
    const messages = this.chat(newest.phone_number_id, newest.customer)?.messages ?? [];
    for (let index = messages.lastIndexOf(newest); index >= 0; index--) {
      const message = messages[index];
      if (message?.direction !== "inbound") continue;
      if (message.seen) return;
      message.seen = true;
    }
  }
}

function writtenAt(message: JsonObject, fallback: string): string {
  const seconds = Number(message.timestamp);
  if (!Number.isFinite(seconds)) return fallback;
  // The provider keeps whole seconds; a message written in this very second keeps its finer time.
  const exact = Date.parse(fallback);
  return Math.floor(exact / 1000) === seconds ? fallback : new Date(seconds * 1000).toISOString();
}
