import type { LedgerEvent } from "./ledger-event.ts";

const HEARTBEAT_MS = 15_000;
/** Events that may wait for a slow reader; one that falls further behind is cut off and reads anew. */
const MOST_WAITING = 10_000;

interface Listener {
  customer: string | undefined;
  controller: ReadableStreamDefaultController<Uint8Array>;
}

/** Server-sent events: each event of the ledger as it happens, for the phone page and for tests that wait. */
export class EventStream {
  readonly #listeners = new Set<Listener>();
  readonly #encoder = new TextEncoder();
  readonly #heartbeat: ReturnType<typeof setInterval>;

  /** Starts a heartbeat comment every 15 s, so that a dead connection is noticed. */
  constructor() {
    this.#heartbeat = setInterval(() => this.#send(() => true, ":\n\n"), HEARTBEAT_MS);
  }

  /** Sends one event to everyone who listens to its customer. */
  publish(event: LedgerEvent): void {
    if (this.#listeners.size === 0) return;
    const about = "customer" in event ? event.customer : undefined;
    this.#send(
      ({ customer }) => customer === undefined || customer === about,
      `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
    );
  }

  /**
   * Answers with a stream that stays open.
   *
   * @param customer Only events of this customer; `undefined`: all.
   */
  open(customer: string | undefined): Response {
    let listener: Listener | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        listener = { customer, controller };
        this.#listeners.add(listener);
        controller.enqueue(this.#encoder.encode("retry: 1000\n: listening\n\n"));
      },
      cancel: () => {
        if (listener) this.#listeners.delete(listener);
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    });
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const { controller } of this.#listeners) controller.close();
    this.#listeners.clear();
  }

  #send(isMeant: (listener: Listener) => boolean, text: string): void {
    const bytes = this.#encoder.encode(text);
    for (const listener of this.#listeners) {
      if (!isMeant(listener)) continue;
      try {
        if ((listener.controller.desiredSize ?? 0) < -MOST_WAITING) listener.controller.close();
        listener.controller.enqueue(bytes);
      } catch {
        // The reader has gone without saying so, or was cut off.
        this.#listeners.delete(listener);
      }
    }
  }
}
