import { z } from "zod";

/** Version of the serializer that a client chose; 1.0.0 is JSON objects, 2.0.0 arrays and binary broadcasts. */
export type Version = "1.0.0" | "2.0.0";

/** One message of the Phoenix protocol. */
export interface Frame {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload?: unknown;
}

/** What a client broadcasts, or what it gets. `payload` is bytes or anything that JSON can say. */
export interface Broadcast {
  event: string;
  payload?: unknown;
  /** `id` of the stored row, and whether it is older than the join. */
  meta?: { id?: string; replayed?: boolean };
}

const reference = z.string().nullish().transform((value) => value ?? null);
const objectFrame = z.object({
  topic: z.string(),
  event: z.string(),
  payload: z.unknown().optional(),
  ref: reference,
  join_ref: reference,
});
const arrayFrame = z.tuple([reference, reference, z.string(), z.string(), z.unknown()]);

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const kinds = { userBroadcastPush: 3, userBroadcast: 4 } as const;
const encodings = { binary: 0, json: 1 } as const;

/**
 * Reads a message of either version.
 *
 * @throws {Error} When it is none.
 */
export function readFrame(data: string | ArrayBuffer): Frame {
  if (typeof data !== "string") return readBinary(new Uint8Array(data));
  const json: unknown = JSON.parse(data);
  if (Array.isArray(json)) {
    const [joinRef, ref, topic, event, payload] = arrayFrame.parse(json);
    return { joinRef, ref, topic, event, payload };
  }
  const { join_ref: joinRef, ref, topic, event, payload } = objectFrame.parse(json);
  return { joinRef, ref, topic, event, payload };
}

/** `u8 kind, lengths of joinRef, ref, topic, event, meta, u8 encoding`, then these in order, then the payload. */
function readBinary(bytes: Uint8Array): Frame {
  const [kind, joinRefLength = 0, refLength = 0, topicLength = 0, eventLength = 0, metaLength = 0, encoding] =
    bytes;
  if (kind !== kinds.userBroadcastPush) throw new Error(`Cannot read a binary message of kind ${kind}`);
  let at = 7;
  const take = (length: number) => decoder.decode(bytes.subarray(at, at += length));
  const [joinRef, ref, topic, event] = [
    take(joinRefLength),
    take(refLength),
    take(topicLength),
    take(eventLength),
  ];
  const rest = bytes.slice(at + metaLength);
  const payload: unknown = encoding === encodings.json ? JSON.parse(decoder.decode(rest)) : rest;
  return {
    joinRef: joinRef || null,
    ref: ref || null,
    topic,
    event: "broadcast",
    payload: { type: "broadcast", event, payload },
  };
}

/** Writes a message for a client of `version`. */
export function writeFrame(version: Version, { joinRef, ref, topic, event, payload }: Frame): string {
  return version === "1.0.0"
    ? JSON.stringify({ topic, event, payload, ref, join_ref: joinRef })
    : JSON.stringify([joinRef, ref, topic, event, payload]);
}

/** Writes a broadcast for a client of `version`; `undefined` when that version can't carry it. */
export function writeBroadcast(
  version: Version,
  topic: string,
  { event, payload, meta }: Broadcast,
): string | Uint8Array<ArrayBuffer> | undefined {
  if (!(payload instanceof Uint8Array)) {
    const body = { type: "broadcast", event, payload, ...(meta && { meta }) };
    return writeFrame(version, { joinRef: null, ref: null, topic, event: "broadcast", payload: body });
  }
  if (version === "1.0.0") return undefined;
  const parts = [topic, event, meta ? JSON.stringify(meta) : ""].map((text) => encoder.encode(text));
  const head = new Uint8Array([kinds.userBroadcast, ...parts.map((part) => part.length), encodings.binary]);
  const all = [head, ...parts, payload];
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
