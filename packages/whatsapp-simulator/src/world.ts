import type { ChatMessage } from "./chat-message.ts";
import type { Customer, JsonObject, LedgerEvent, Template } from "./ledger-event.ts";
import { z } from "zod";

/** All messages between one customer and one number. */
export interface Chat {
  phone_number_id: string;
  customer: string;
  messages: ChatMessage[];
  /** Milliseconds since 1970 of the newest message of the customer; 0 when there is none. */
  last_inbound_at: number;
}

/** An event that the product has not acknowledged. */
export type OwedEvent = Extract<LedgerEvent, { kind: "event" }>;

/** What does not open the 24-hour window: the vendor is silent about these, so the strict reading holds. */
const KEEPS_WINDOW = new Set(["reaction", "edit", "revoke"]);

/** What is the case, folded from the ledger; the same fold serves live and after a restart. */
export class World {
  readonly customers = new Map<string, Customer>();
  readonly chats = new Map<string, Chat>();
  readonly messages = new Map<string, ChatMessage>();
  readonly owedEvents = new Map<string, OwedEvent>();
  readonly #templates = new Map<string, Map<string, Template>>();
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

  /** The templates that an account has made, without those that its numbers were registered with. */
  templatesOf(wabaId: string): ReadonlyMap<string, Template> {
    return this.#templates.get(wabaId) ?? new Map();
  }

  /** Takes one event into account. */
  apply(event: LedgerEvent): void {
    switch (event.kind) {
      case "customer":
        this.#forgetNames(this.customers.get(event.profile.id));
        this.customers.set(event.profile.id, event.profile);
        this.#byIdentity.set(event.profile.bsuid, event.profile.id);
        if (event.profile.phone) this.#byIdentity.set(event.profile.phone, event.profile.id);
        return;
      case "inbound":
      case "outbound":
      case "echo":
        this.#add(event);
        return;
      case "event":
        this.owedEvents.set(event.id, event);
        return;
      case "event_acknowledged":
        this.owedEvents.delete(event.id);
        return;
      case "given_up":
        this.#giveUp(event);
        return;
      case "template":
        this.#keepTemplate(event);
        return;
      case "rejected":
      case "typing":
      case "clock":
        return;
      default:
        this.#update(event);
    }
  }

  /** Names that the person has no more lead nowhere. */
  #forgetNames(before: Customer | undefined): void {
    if (!before) return;
    this.#byIdentity.delete(before.bsuid);
    if (before.phone) this.#byIdentity.delete(before.phone);
  }

  #giveUp({ id, wamid, status }: Extract<LedgerEvent, { kind: "given_up" }>): void {
    if (id !== undefined) this.owedEvents.delete(id);
    const message = wamid === undefined ? undefined : this.messages.get(wamid);
    if (!message) return;
    if (status) message.owed = message.owed.filter((each) => each !== status);
    else message.acknowledged = true;
  }

  #keepTemplate({ waba_id, template, removed }: Extract<LedgerEvent, { kind: "template" }>): void {
    const templates = this.#templates.get(waba_id) ?? new Map<string, Template>();
    if (removed) templates.delete(template.id);
    else templates.set(template.id, template);
    this.#templates.set(waba_id, templates);
  }

  #add(event: Extract<LedgerEvent, { kind: "inbound" | "outbound" | "echo" }>): void {
    const isInbound = event.kind === "inbound";
    const at = isInbound ? writtenAt(event.message, event.at) : event.at;
    const message: ChatMessage = {
      wamid: event.wamid,
      direction: isInbound ? "inbound" : "outbound",
      phone_number_id: event.phone_number_id,
      customer: event.customer,
      at,
      heard_at: Date.parse(event.at),
      message: event.message,
      statuses: [],
      acknowledged: false,
      attempts: 0,
      seen: false,
      owed: [],
    };
    if (event.kind === "echo") message.is_echo = true;
    if (event.kind === "outbound") {
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
    if (!isInbound) return;
    this.#changeEarlier(event.message);
    if (KEEPS_WINDOW.has(String(event.message.type))) return;
    chat.last_inbound_at = Math.max(chat.last_inbound_at, Date.parse(at));
  }

  /** An edit or a revocation is a message of its own that changes what an earlier one shows. */
  #changeEarlier(message: JsonObject): void {
    const change = earlierChange.safeParse(message);
    if (!change.success) return;
    const { edit, revoke } = change.data;
    const earlier = this.messages.get((edit ?? revoke)?.original_message_id ?? "");
    if (!earlier) return;
    if (edit) earlier.edited = edit.message;
    else earlier.is_revoked = true;
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

const earlierChange = z.object({
  edit: z.object({ original_message_id: z.string(), message: z.record(z.string(), z.unknown()) }).optional(),
  revoke: z.object({ original_message_id: z.string() }).optional(),
});

function writtenAt(message: JsonObject, fallback: string): string {
  const seconds = Number(message.timestamp);
  if (!Number.isFinite(seconds)) return fallback;
  // The provider keeps whole seconds; a message written in this very second keeps its finer time.
  const exact = Date.parse(fallback);
  return Math.floor(exact / 1000) === seconds ? fallback : new Date(seconds * 1000).toISOString();
}
