import type { Broadcast } from "./frames.ts";

/** Somebody who joined a topic. */
export interface Member {
  deliver(broadcast: Broadcast): void;
  push(event: string, payload: unknown): void;
  hasPresence: boolean;
}

/** A person's or device's record in a topic. */
export interface Meta {
  phx_ref: string;
  phx_ref_prev?: string;
  [field: string]: unknown;
}

type Metas = Record<string, { metas: Meta[] }>;

/** One topic: who is there, and what they say of themselves. */
export class Room {
  readonly members = new Set<Member>();
  #present = new Map<Member, { key: string; meta: Meta }>();

  /** Sends to all but `except`. */
  broadcast(message: Broadcast, except?: Member): void {
    for (const member of this.members) if (member !== except) member.deliver(message);
  }

  /** Everyone's records by key. */
  state(): Metas {
    const state: Metas = {};
    for (const { key, meta } of this.#present.values()) (state[key] ??= { metas: [] }).metas.push(meta);
    return state;
  }

  /** Says or changes what `member` is; the others are told. */
  track(member: Member, key: string, payload: Record<string, unknown>): void {
    const before = this.#present.get(member);
    const meta: Meta = {
      ...payload,
      phx_ref: crypto.randomUUID(),
      ...(before && { phx_ref_prev: before.meta.phx_ref }),
    };
    this.#present.set(member, { key, meta });
    this.#tell({ [key]: { metas: [meta] } }, before ? { [before.key]: { metas: [before.meta] } } : {});
  }

  /** Takes back what `member` said of itself. */
  untrack(member: Member): void {
    const before = this.#present.get(member);
    if (!before) return;
    this.#present.delete(member);
    this.#tell({}, { [before.key]: { metas: [before.meta] } });
  }

  #tell(joins: Metas, leaves: Metas): void {
    for (const member of this.members) {
      if (member.hasPresence) member.push("presence_diff", { joins, leaves });
    }
  }
}

/** All topics. A private topic and a public one of the same name never meet. */
export class Hub {
  #rooms = new Map<string, Room>();

  join(topic: string, isPrivate: boolean, member: Member): Room {
    const name = roomName(topic, isPrivate);
    let room = this.#rooms.get(name);
    if (!room) this.#rooms.set(name, room = new Room());
    room.members.add(member);
    return room;
  }

  leave(topic: string, isPrivate: boolean, member: Member): void {
    const name = roomName(topic, isPrivate);
    const room = this.#rooms.get(name);
    if (!room?.members.delete(member)) return;
    room.untrack(member);
    if (room.members.size === 0) this.#rooms.delete(name);
  }

  /** Sends to everyone in a topic; nobody may be there. */
  broadcast(topic: string, isPrivate: boolean, message: Broadcast): void {
    this.#rooms.get(roomName(topic, isPrivate))?.broadcast(message);
  }
}

function roomName(topic: string, isPrivate: boolean): string {
  return `${isPrivate ? "private" : "public"}:${topic}`;
}
