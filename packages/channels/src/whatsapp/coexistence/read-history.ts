import type { ContactIdentity, HistoryChunk, HistoryMessage, RejectedPart } from "@app/contracts/mod.ts";
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "../clean-json.ts";
import { readIdentities, readPhone } from "../identities.ts";
import { lenient, providerId } from "../lenient.ts";
import { itemsIn, objectsIn } from "../parse-body.ts";
import { readFailure } from "../read-failure.ts";
import { readTimestamp } from "../read-timestamp.ts";
import { readOwnContent } from "./read-own-content.ts";

/** What reading a past needs. */
export interface HistoryContext {
  /** Our side's number, digits: what came from it was written by the owner. */
  displayPhone: string | undefined;
  now: Date;
  reject(part: RejectedPart): void;
}

const count = lenient(z.union([z.number(), z.string().regex(/^\d{1,9}$/).transform(Number)]));
const metadata = z.looseObject({ phase: count, chunk_order: count, progress: count });

/** Meta's states of an old message; `PENDING` tells nothing. */
const statuses = new Map<unknown, HistoryMessage["status"]>([
  ["SENT", "sent"],
  ["DELIVERED", "delivered"],
  ["READ", "read"],
  ["PLAYED", "played"],
  ["ERROR", "failed"],
]);

/**
 * Reads one item of `history`: messages of before the number came to us, thread by thread, or the owner's refusal to
 * share them.
 */
export function readHistory(raw: JsonObject, context: HistoryContext): HistoryChunk {
  const { phase, chunk_order: chunkOrder, progress } = metadata.safeParse(raw.metadata).data ?? {};
  const [failure] = itemsIn(raw.errors).flatMap((error) => readFailure(error) ?? []);
  return {
    ...(phase !== undefined && { phase }),
    ...(chunkOrder !== undefined && { chunkOrder }),
    ...(progress !== undefined && { progress }),
    threads: objectsIn(raw.threads).flatMap((thread) => readThread(thread, context)),
    ...(failure && { refusal: { code: failure.error.code, title: failure.error.title } }),
  };
}

/**
 * Reads the files of a past, which come after their messages, with the same ids, as `messages` of the field `history`.
 * Each is a thread of one.
 */
export function readHistoryFiles(messages: Json[], context: HistoryContext): HistoryChunk {
  return {
    threads: messages.flatMap((raw) => {
      if (!isJsonObject(raw)) return readThread({ messages: [raw] }, context);
      const isOurs = isWrittenByOwner(raw, context);
      const identities = isOurs
        ? readIdentities([raw.to_user_id], [raw.to])
        : readIdentities([raw.from_user_id], [raw.from]);
      return readThread({ messages: [raw] }, context, identities);
    }),
  };
}

function readThread(
  thread: JsonObject,
  context: HistoryContext,
  identities: ContactIdentity[] = readThreadIdentities(thread),
): HistoryChunk["threads"] {
  const messages = itemsIn(thread.messages).flatMap((raw) => {
    const read = readHistoryMessage(raw, context);
    if (identities.length > 0 && !("reason" in read)) return [read];
    context.reject("reason" in read ? read : { reason: "no_sender", body: raw });
    return [];
  });
  return messages.length > 0 ? [{ identities, messages }] : [];
}

/** A thread is named by the customer's phone, or user id. */
function readThreadIdentities({ id, context }: JsonObject): ContactIdentity[] {
  const { user_id: userId, wa_id: phone } = isJsonObject(context) ? context : {};
  return readIdentities([userId], [id, phone]);
}

function readHistoryMessage(raw: Json, context: HistoryContext): HistoryMessage | RejectedPart {
  const id = isJsonObject(raw) ? providerId.safeParse(raw.id) : undefined;
  if (!isJsonObject(raw) || !id?.success) return { reason: "no_id", body: raw };
  const status = isJsonObject(raw.history_context) ? statuses.get(raw.history_context.status) : undefined;
  return {
    externalId: id.data,
    timestamp: readTimestamp(raw.timestamp, context.now),
    direction: isWrittenByOwner(raw, context) ? "outbound" : "inbound",
    ...(status !== undefined && { status }),
    ...readOwnContent(raw),
  };
}

/** Meta names a receiver only in what the owner wrote, which decides where our number is not known. */
function isWrittenByOwner(
  { from, to, to_user_id: toUserId }: JsonObject,
  { displayPhone }: HistoryContext,
): boolean {
  if (displayPhone !== undefined) return readPhone(from)?.externalId === displayPhone;
  return to !== undefined || toUserId !== undefined;
}
