import type { Faults } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import { postSigned, signatureOf } from "./post-signed.ts";
import type { Registry } from "./registry.ts";
import type { Settings } from "./settings.ts";
import type { Clock } from "./clock.ts";
import { type Timer, Timers } from "./timers.ts";
import { bytesOf, envelopeOf, type WebhookUpdate } from "./webhook-envelope.ts";

const GIVE_UP_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
const REORDER_MS = 400;
const REORDER_GROUP = 4;

/** One POST: its bytes never change between tries. */
interface Delivery {
  lane: Lane;
  appId: string;
  bytes: Uint8Array<ArrayBuffer>;
  updates: WebhookUpdate[];
  attempts: number;
  /** Milliseconds since 1970 of the oldest thing in it. */
  since: number;
  /** A copy made by a fault: it is sent once, and nobody waits for its answer. */
  isCopy: boolean;
}

/** Deliveries of one kind to one app, so that statuses never hold up messages. */
interface Lane {
  waiting: WebhookUpdate[];
  /** What is to be tried again now; it goes before what is new. */
  again: Delivery[];
  inFlight: number;
}

/**
 * Sends webhooks: signed over the exact bytes, at least once, again with growing waits until the product answers 200.
 * Faults may double, delay and reorder them. What is not acknowledged when the process dies is in the ledger, and is
 * sent again by the next one.
 */
export class WebhookSender {
  readonly #lanes = new Map<string, Lane>();
  readonly #timers: Timers;
  #held: WebhookUpdate[] = [];
  #heldTimer: Timer | undefined;
  #isStopped = false;

  constructor(
    private readonly registry: Registry,
    private readonly ledger: Ledger,
    private readonly faults: Faults,
    private readonly settings: () => Settings,
    private readonly clock: Clock,
  ) {
    this.#timers = new Timers(clock);
  }

  /** Tells the product; returns at once. */
  send(update: WebhookUpdate): void {
    if (!this.faults.settings.reorder) {
      this.#timers.later(this.faults.settings.delay_ms, () => this.#enqueue(update));
      return;
    }
    this.#held.push(update);
    if (this.#held.length >= REORDER_GROUP) return this.#release();
    this.#heldTimer ??= this.#timers.later(REORDER_MS, () => this.#release());
  }

  /** Tells the product several things in one POST per app. */
  sendTogether(updates: WebhookUpdate[]): void {
    for (const updatesOfApp of Map.groupBy(updates, (update) => update.appId).values()) {
      this.#timers.later(this.faults.settings.delay_ms, () => this.#deliverTogether(updatesOfApp));
    }
  }

  /** Stops sending. What is in flight counts as unanswered: whoever opens the ledger next sends it again. */
  stop(): void {
    this.#isStopped = true;
    this.#timers.cancelAll();
  }

  #release(): void {
    this.#timers.cancel(this.#heldTimer);
    this.#heldTimer = undefined;
    const held = this.#held.reverse();
    this.#held = [];
    // One after the other, far enough apart that the product sees the new order.
    held.forEach((update, index) =>
      this.#timers.later(this.faults.settings.delay_ms + index * 20, () => this.#enqueue(update))
    );
  }

  #enqueue(update: WebhookUpdate): void {
    const lane = this.#laneOf(update);
    lane.waiting.push(update);
    this.#fill(lane);
  }

  #laneOf(update: WebhookUpdate): Lane {
    const key = `${update.appId}|${update.kind === "message" ? "messages" : "others"}`;
    const lane = this.#lanes.get(key) ?? { waiting: [], again: [], inFlight: 0 };
    this.#lanes.set(key, lane);
    return lane;
  }

  #deliverTogether(updates: WebhookUpdate[]): void {
    const lane = updates[0] && this.#laneOf(updates[0]);
    if (lane) this.#start(lane, this.#deliver(lane, updates));
  }

  /** Starts as many deliveries of a lane as may be in flight. */
  #fill(lane: Lane): void {
    const {
      webhook_concurrency: concurrency,
      statuses_per_webhook: statusesAtOnce,
      messages_per_webhook: messagesAtOnce,
    } = this.settings();
    for (;;) {
      const again = lane.again[0];
      const next = lane.waiting[0];
      const isMessage = (again?.updates[0] ?? next)?.kind === "message";
      const most = isMessage ? concurrency : Math.max(1, Math.floor(concurrency / 4));
      if ((!again && !next) || lane.inFlight >= most) return;
      const posts = again
        ? lane.again.splice(0, 1).map((delivery) => this.#post(delivery))
        : this.#deliver(lane, lane.waiting.splice(0, isMessage ? messagesAtOnce : statusesAtOnce));
      this.#start(lane, posts);
    }
  }

  #start(lane: Lane, posts: Promise<void>[]): void {
    lane.inFlight += 1;
    Promise.all(posts).finally(() => {
      lane.inFlight -= 1;
      this.#fill(lane);
    });
  }

  /** Words the updates once, and posts them, with the copies that a fault asks for. */
  #deliver(lane: Lane, updates: WebhookUpdate[]): Promise<void>[] {
    const delivery: Delivery = {
      lane,
      appId: updates[0]?.appId ?? "",
      bytes: bytesOf(envelopeOf(updates), this.settings().escape_unicode),
      updates,
      attempts: 0,
      since: Math.min(...updates.map((update) => update.since)),
      isCopy: false,
    };
    const copies = Array.from(
      { length: this.faults.settings.duplicate },
      () => ({ ...delivery, isCopy: true }),
    );
    return [delivery, ...copies].map((each) => this.#post(each));
  }

  async #post(delivery: Delivery): Promise<void> {
    const app = this.registry.apps.get(delivery.appId);
    if (!app) return;
    const startedAt = performance.now();
    const { http, reason } = await postSigned(
      app.webhook_url,
      delivery.bytes,
      signatureOf(delivery.bytes, app.app_secret),
      this.settings().webhook_timeout_ms,
    );
    if (delivery.isCopy || this.#isStopped) return;
    delivery.attempts += 1;
    if (http === 200) return await this.#acknowledged(delivery, performance.now() - startedAt);
    await this.#refused(delivery, http, reason);
  }

  async #acknowledged({ updates, attempts }: Delivery, milliseconds: number): Promise<void> {
    await Promise.all(updates.map((update) => {
      if (update.kind === "event") return this.ledger.append({ kind: "event_acknowledged", id: update.id });
      const { status, ...about } = update.about;
      return this.ledger.append(
        status ? { kind: "status_acknowledged", ...about, status } : {
          kind: "inbound_acknowledged",
          ...about,
          attempts,
          milliseconds: Math.round(milliseconds),
        },
      );
    }));
  }

  async #refused(delivery: Delivery, http: number, reason: string): Promise<void> {
    const { retry_first_ms: first, retry_max_ms: most } = this.settings();
    const { updates, attempts } = delivery;
    const wait = Math.min(most, first * 2 ** Math.min(attempts - 1, 20));
    const isHopeless = this.clock.now() + wait - delivery.since > GIVE_UP_AFTER_MS;
    if (!isHopeless) {
      this.#timers.later(wait, () => {
        delivery.lane.again.push(delivery);
        this.#fill(delivery.lane);
      });
    }
    await Promise.all(updates.flatMap((update) => {
      if (isHopeless) return this.ledger.append({ kind: "given_up", ...nameOf(update), attempts });
      if (update.kind !== "message") return [];
      const { wamid, phone_number_id, customer } = update.about;
      const about = { wamid, phone_number_id, customer };
      return this.ledger.append({
        kind: "inbound_refused",
        ...about,
        attempts,
        http,
        reason,
        retry_in_ms: wait,
      });
    }));
  }
}

function nameOf(update: WebhookUpdate) {
  if (update.kind === "event") return { id: update.id };
  const { wamid, status } = update.about;
  return { wamid, ...(status && { status }) };
}
