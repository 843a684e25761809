import type { Faults } from "./faults.ts";
import { errorTitle } from "./graph-error.ts";
import type { MessageStatus } from "./ledger-event.ts";
import type { Ledger } from "./ledger.ts";
import type { Registry } from "./registry.ts";
import type { Settings } from "./settings.ts";
import type { Clock } from "./clock.ts";
import { Timers } from "./timers.ts";
import { contactOf, statusOf } from "./webhook-envelope.ts";
import type { WebhookSender } from "./webhook-sender.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { World } from "./world.ts";

const RANK: Record<MessageStatus, number> = { sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

/** Moves messages of the business on: sent, delivered, read; each is in the ledger before its webhook leaves. */
export class StatusSchedule {
  readonly #timers: Timers;

  constructor(
    private readonly world: World,
    private readonly registry: Registry,
    private readonly ledger: Ledger,
    private readonly sender: WebhookSender,
    private readonly faults: Faults,
    private readonly settings: () => Settings,
    private readonly clock: Clock,
  ) {
    this.#timers = new Timers(clock);
  }

  /**
   * Plans the way of an accepted message, or the rest of it after a restart.
   *
   * @param failure The code that it fails with instead of being delivered.
   */
  plan(message: ChatMessage, failure?: number): void {
    const { sent_after_ms: sent, delivered_after_ms: delivered, read_after_ms: read } = this.settings();
    if (failure !== undefined) {
      const error = { code: failure, title: errorTitle(failure), details: "Played by the simulator" };
      this.#timers.later(delivered, () => this.move(message, "failed", error));
      return;
    }
    this.#timers.later(sent, () => this.move(message, "sent"));
    if (message.message.type === "reaction") return;
    this.#timers.later(delivered, () => this.move(message, "delivered"));
    if (read !== null) this.#timers.later(read, () => this.move(message, "read"));
  }

  /** Moves one message on now; a status that it already had, or has passed, changes nothing. */
  async move(message: ChatMessage, status: MessageStatus, error?: ChatMessage["error"]): Promise<void> {
    const reached = Math.max(0, ...message.statuses.map((each) => RANK[each]));
    if (RANK[status] <= reached) return;
    const number = this.registry.numbers.get(message.phone_number_id);
    const customer = this.world.customers.get(message.customer);
    if (!number || !customer) return;
    const isDropped = this.faults.settings.drop_statuses.includes(status);
    const about = {
      wamid: message.wamid,
      phone_number_id: message.phone_number_id,
      customer: message.customer,
      status,
    };
    await this.ledger.append({
      kind: "status",
      ...about,
      ...(message.callback_data !== undefined && { callback_data: message.callback_data }),
      ...(error && { error }),
      ...(isDropped && { dropped: true }),
    });
    if (!isDropped) this.tell(message, status);
  }

  /** Sends the webhook of a status that the ledger already holds. */
  tell(message: ChatMessage, status: MessageStatus): void {
    const number = this.registry.numbers.get(message.phone_number_id);
    const customer = this.world.customers.get(message.customer);
    if (!number || !customer) return;
    this.sender.send({
      kind: "status",
      appId: number.app_id,
      since: this.clock.now(),
      number,
      entry: statusOf(message, status, customer, Math.floor(this.clock.now() / 1000), message.error),
      ...(status !== "failed" && { contact: contactOf(customer) }),
      about: {
        wamid: message.wamid,
        phone_number_id: message.phone_number_id,
        customer: message.customer,
        status,
      },
    });
  }

  /** Moves all that the business wrote to this customer to `read`: the phone is showing it. */
  async readChat(phoneNumberId: string, customer: string): Promise<void> {
    const messages = this.world.chat(phoneNumberId, customer)?.messages ?? [];
    const unread = messages.filter((message) =>
      message.direction === "outbound" && message.message.type !== "reaction" &&
      !message.statuses.some((status) => RANK[status] >= RANK.read)
    );
    await Promise.all(unread.map((message) => this.move(message, "read")));
  }

  /** Ends all plans; a restart takes them up again from the ledger. */
  stop(): void {
    this.#timers.cancelAll();
  }
}
