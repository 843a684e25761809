import { mergeMessages, type Message } from "./message.ts";

/** What is loaded of a conversation: its newest messages without a gap. */
export interface LoadedMessages {
  messages: Message[];
  hasEarlier: boolean;
}

/** Arguments of `api.list_messages` that choose; both ends are excluded, and 200 is its longest answer. */
interface Range {
  p_after_seq?: number;
  p_before_seq?: number;
  p_limit?: number;
}

/** Asks the backend for messages of one conversation, oldest first. */
export type ReadMessages = (range: Range) => Promise<Message[]>;

/** Changes what is loaded; applied to what is loaded by then, since events overlap. */
type Change = (loaded: LoadedMessages) => LoadedMessages;

/** Messages of one reading. */
export const pageSize = 60;
const longestAnswer = 200;

/**
 * Reads the newest messages and joins what is known to them where they overlap, or where the gap between them could be
 * closed. A longer gap starts anew from the newest: what lies before is read as somebody scrolls there.
 *
 * @param known What is loaded at the moment of asking; asked again at the end, since events go on while it is read.
 */
export async function catchUp(
  known: () => LoadedMessages | undefined,
  read: ReadMessages,
): Promise<LoadedMessages> {
  const caughtUp = await closeGap(known(), read);
  const last = caughtUp.messages.at(-1)?.seq ?? 0;
  const arrived = known()?.messages.filter((message) => message.seq > last) ?? [];
  return { ...caughtUp, messages: [...caughtUp.messages, ...arrived] };
}

async function closeGap(known: LoadedMessages | undefined, read: ReadMessages): Promise<LoadedMessages> {
  const newest = await read({});
  const hasMore = newest.length === pageSize;
  const first = newest[0];
  if (!known || known.messages.length === 0 || !first) return { messages: newest, hasEarlier: hasMore };
  const last = known.messages.at(-1)?.seq ?? 0;
  if (last >= first.seq || !hasMore) {
    return { messages: mergeMessages(known.messages, newest), hasEarlier: known.hasEarlier };
  }
  const gap = await read({ p_after_seq: last, p_before_seq: first.seq, p_limit: longestAnswer });
  return gap.length === longestAnswer
    ? { messages: newest, hasEarlier: true }
    : { messages: mergeMessages(known.messages, [...gap, ...newest]), hasEarlier: known.hasEarlier };
}

/** Reads the page before everything loaded. */
export async function readEarlier(loaded: LoadedMessages, read: ReadMessages): Promise<Change> {
  const [first] = loaded.messages;
  if (!first) return (current) => current;
  const earlier = await read({ p_before_seq: first.seq });
  return (current) => ({
    messages: mergeMessages(earlier, current.messages),
    hasEarlier: earlier.length === pageSize,
  });
}

/** Reads what an event named, and a gap between that and what is loaded; nothing where it lies before everything loaded. */
export async function readChanged(
  loaded: LoadedMessages,
  { fromSeq, toSeq }: { fromSeq: number; toSeq: number },
  read: ReadMessages,
): Promise<Change> {
  const [first] = loaded.messages;
  if (first && toSeq < first.seq) return (current) => current;
  const last = loaded.messages.at(-1)?.seq ?? 0;
  const fresh = await read({
    p_after_seq: Math.min(fromSeq - 1, Math.max(last, 0)),
    p_before_seq: toSeq + 1,
    p_limit: longestAnswer,
  });
  return (current) => ({ ...current, messages: mergeMessages(current.messages, fresh) });
}
