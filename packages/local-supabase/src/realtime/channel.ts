import { type Claims, expiredText } from "./claims.ts";
import type { Rights } from "./authorization.ts";
import { type Broadcast, type Frame, type Version, writeBroadcast } from "./frames.ts";
import type { Hub, Member, Room } from "./hub.ts";
import { broadcastRequest, type JoinRequest, presenceRequest } from "./join-request.ts";

/** The socket that a channel speaks through. */
interface Outlet {
  version: Version;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  sendFrame(frame: Frame): void;
}

/** What a channel starts with. */
export interface ChannelStart {
  hub: Hub;
  outlet: Outlet;
  /** With its `realtime:`. */
  topic: string;
  joinRef: string;
  request: JoinRequest;
  claims: Claims;
  /** `undefined` in a public topic: everybody may everything. */
  rights: Rights | undefined;
  /** Called when it closed itself. */
  onClosed: () => void;
}

/** Largest payload of a broadcast, in bytes of JSON; hosted 3 MB on paid plans. */
const largestPayload = 3_000_000;
/** Longest time that a token is trusted without looking at the clock. */
const longestCheckMs = 300_000;

/** One joined topic of one socket. */
export class Channel implements Member {
  readonly hasPresence: boolean;
  claims: Claims;
  rights: Rights | undefined;
  readonly isPrivate: boolean;
  /** Without `realtime:`; what policies see. */
  readonly name: string;
  #start: ChannelStart;
  #room: Room;
  #presenceKey: string;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(start: ChannelStart) {
    const { hub, topic, request, claims, rights } = start;
    this.#start = start;
    this.claims = claims;
    this.rights = rights;
    this.name = topic.slice("realtime:".length);
    this.isPrivate = request.config.private;
    this.hasPresence = request.config.presence.enabled && (rights?.canReadPresence ?? true);
    this.#presenceKey = request.config.presence.key || crypto.randomUUID();
    this.#room = hub.join(this.name, this.isPrivate, this);
    this.watchExpiry();
  }

  get joinRef(): string {
    return this.#start.joinRef;
  }

  /** Sends the state of presence, as a client expects after its join. */
  sendPresenceState(): void {
    if (this.hasPresence) this.push("presence_state", this.#room.state());
  }

  deliver(broadcast: Broadcast): void {
    const data = writeBroadcast(this.#start.outlet.version, this.#start.topic, broadcast);
    if (data !== undefined) this.#start.outlet.send(data);
  }

  push(event: string, payload: unknown): void {
    const { outlet, topic, joinRef } = this.#start;
    const isState = event === "presence_state" || event === "system";
    outlet.sendFrame({ joinRef: isState ? joinRef : null, ref: null, topic, event, payload });
  }

  /** Handles what the client says in the topic; what it has no right to is dropped without an answer. */
  receive(frame: Frame): void {
    if (frame.event === "broadcast") this.#broadcast(frame);
    else if (frame.event === "presence") this.#presence(frame);
  }

  #broadcast(frame: Frame): void {
    const parsed = broadcastRequest.safeParse(frame.payload);
    if (!parsed.success || this.rights?.canBroadcast === false) return;
    const { ack, self } = this.#start.request.config.broadcast;
    const { payload } = parsed.data;
    const size = payload instanceof Uint8Array ? payload.length : JSON.stringify(payload ?? null).length;
    if (size > largestPayload) {
      if (ack) this.#reply(frame, "error", { reason: "Payload size exceeds tenant limit" });
      return;
    }
    this.#room.broadcast(parsed.data, self ? undefined : this);
    if (ack) this.#reply(frame, "ok", {});
  }

  #presence(frame: Frame): void {
    const parsed = presenceRequest.safeParse(frame.payload);
    if (!parsed.success || this.rights?.canTrack === false) return;
    if (parsed.data.event.toLowerCase() === "track") {
      this.#room.track(this, this.#presenceKey, parsed.data.payload);
    } else this.#room.untrack(this);
    this.#reply(frame, "ok", {});
  }

  #reply(frame: Frame, status: "ok" | "error", response: object): void {
    const { outlet, topic, joinRef } = this.#start;
    outlet.sendFrame({ joinRef, ref: frame.ref, topic, event: "phx_reply", payload: { status, response } });
  }

  /** Looks at the token's end, now and whenever it may have come. */
  watchExpiry(): void {
    clearTimeout(this.#expiry);
    const { exp } = this.claims;
    if (exp === undefined) return;
    const left = exp * 1000 - Date.now();
    if (left <= 0) return this.fail(expiredText(exp));
    this.#expiry = setTimeout(() => this.watchExpiry(), Math.min(left + 1, longestCheckMs));
  }

  /** Says why, then closes. */
  fail(message: string): void {
    this.push("system", { extension: "system", status: "error", message, channel: this.name });
    this.close();
    this.#start.onClosed();
  }

  /** Leaves the topic and tells the client. */
  close(): void {
    this.leave();
    const { outlet, topic, joinRef } = this.#start;
    outlet.sendFrame({ joinRef, ref: joinRef, topic, event: "phx_close", payload: {} });
  }

  /** Leaves the topic; the client has gone. */
  leave(): void {
    clearTimeout(this.#expiry);
    this.#start.hub.leave(this.name, this.isPrivate, this);
  }
}
