import { readRights } from "./authorization.ts";
import { Channel } from "./channel.ts";
import { type Claims, InvalidToken } from "./claims.ts";
import { type Frame, readFrame, type Version, writeFrame } from "./frames.ts";
import { type JoinRequest, joinRequest } from "./join-request.ts";
import type { Services } from "./services.ts";
import { readForReplay } from "./stored-messages.ts";

/** A join that is refused; the message is the reason that the client is told. */
class Refused extends Error {
  override name = "Refused";
}

/** As hosted. */
const mostChannels = 100;

/** One socket: its joined topics, and what its client says, in order. */
export class Connection {
  #socket: WebSocket;
  #version: Version;
  #keyClaims: Claims;
  #services: Services;
  #channels = new Map<string, Channel>();
  #busy: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, version: Version, keyClaims: Claims, services: Services) {
    this.#socket = socket;
    this.#version = version;
    this.#keyClaims = keyClaims;
    this.#services = services;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      this.#busy = this.#busy.then(() => this.#receive(data)).catch((error) => this.#report(error));
    };
    socket.onclose = () => {
      for (const channel of this.#channels.values()) channel.leave();
      this.#channels.clear();
    };
  }

  #report(error: unknown): void {
    this.#services.say(
      `Realtime could not handle a message: ${error instanceof Error ? error.message : error}`,
    );
  }

  async #receive(data: string | ArrayBuffer): Promise<void> {
    const frame = readFrame(data);
    if (frame.event === "heartbeat") return this.#reply(frame, "ok", {});
    if (frame.event === "phx_join") return await this.#join(frame);
    const channel = this.#channels.get(frame.topic);
    if (!channel) return;
    if (frame.event === "phx_leave") {
      this.#channels.delete(frame.topic);
      this.#reply(frame, "ok", {});
      channel.close();
    } else if (frame.event === "access_token") await this.#renew(channel, frame);
    else channel.receive(frame);
  }

  async #join(frame: Frame): Promise<void> {
    try {
      await this.#admit(frame);
    } catch (error) {
      const isExpected = error instanceof Refused || error instanceof InvalidToken;
      if (!isExpected) this.#report(error);
      const reason = error instanceof InvalidToken ? `${error.code}: ${error.message}` : undefined;
      const text = reason ?? (error instanceof Refused ? error.message : "Unknown Error on Channel");
      this.#reply(frame, "error", { reason: text });
    }
  }

  async #admit(frame: Frame): Promise<void> {
    const { topic } = frame;
    if (!topic.startsWith("realtime:") || topic === "realtime:") {
      throw new Refused("TopicNameRequired: You must provide a topic name");
    }
    const parsed = joinRequest.safeParse(frame.payload ?? {});
    if (!parsed.success) throw new Refused("InvalidJoinPayload: The join has a wrong form");
    if (this.#channels.size >= mostChannels && !this.#channels.has(topic)) {
      throw new Refused("ChannelRateLimitReached: Too many channels");
    }
    const request = parsed.data;
    const { replay } = request.config.broadcast;
    if (replay && !request.config.private) {
      throw new Refused("UnableToReplayMessages: Replay is not allowed for public channels");
    }
    const claims = await this.#claimsOf(request);
    const name = topic.slice("realtime:".length);
    const rights = request.config.private ? await readRights(this.#services.admin, name, claims) : undefined;
    if (rights?.canRead === false) {
      throw new Refused(
        `Unauthorized: You do not have permissions to read from this Channel topic: ${name}`,
      );
    }
    const stored = replay ? await readForReplay(this.#services.admin, name, replay) : [];
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#channels.get(topic)?.close();
    const channel = new Channel({
      hub: this.#services.hub,
      outlet: {
        version: this.#version,
        send: (data) => this.#send(data),
        sendFrame: (each) => this.#sendFrame(each),
      },
      topic,
      joinRef: frame.joinRef ?? frame.ref ?? "",
      request,
      claims,
      rights,
      onClosed: () => this.#channels.delete(topic),
    });
    this.#channels.set(topic, channel);
    this.#reply(frame, "ok", { postgres_changes: request.config.postgres_changes });
    channel.sendPresenceState();
    for (const message of stored) channel.deliver(message);
  }

  async #claimsOf(request: JoinRequest): Promise<Claims> {
    const token = request.access_token ?? request.user_token;
    return token && !token.startsWith("sb_")
      ? await this.#services.identities.identify(token)
      : this.#keyClaims;
  }

  async #renew(channel: Channel, frame: Frame): Promise<void> {
    const token = joinRequest.pick({ access_token: true }).safeParse(frame.payload).data?.access_token;
    if (!token || token.startsWith("sb_")) return;
    try {
      const claims = await this.#services.identities.identify(token);
      const rights = channel.isPrivate
        ? await readRights(this.#services.admin, channel.name, claims)
        : undefined;
      if (rights?.canRead === false) {
        return channel.fail("You do not have permissions to read from this Channel");
      }
      Object.assign(channel, { claims, rights });
      channel.watchExpiry();
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      channel.fail(error.message);
    }
  }

  #reply(frame: Frame, status: "ok" | "error", response: object): void {
    const payload = { status, response };
    this.#sendFrame({
      joinRef: frame.joinRef,
      ref: frame.ref,
      topic: frame.topic,
      event: "phx_reply",
      payload,
    });
  }

  #sendFrame(frame: Frame): void {
    this.#send(writeFrame(this.#version, frame));
  }

  #send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data);
  }
}
