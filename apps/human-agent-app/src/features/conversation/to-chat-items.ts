import type { ChatItem, Delivery } from "@app/ui/mod.ts";
import type { OutboxEntry } from "../../lib/outbox/outbox-entry.ts";
import type { Message } from "../../lib/records/message.ts";
import type { ChatSurroundings } from "./chat-surroundings.ts";
import { contentOf } from "./content-of.ts";
import { marksOf, reactionsOf } from "./marks-of.ts";
import { problemOf, problemOfEntry } from "./problem-of.ts";

/** A conversation as the chat view shows it: stored messages, then what still waits on this device. */
export function toChatItems(
  messages: Message[],
  outbox: OutboxEntry[],
  around: ChatSurroundings,
): ChatItem[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const reactions = reactionsOf(messages);
  const stored = messages.filter((message) => message.type !== "reaction" && !isChange(message)).map(
    (message) => {
      const quoted = message.reply_to ? byId.get(message.reply_to) : undefined;
      const { contact, own } = reactions.get(message.id) ?? {};
      const marks = marksOf(message);
      const item: ChatItem = {
        id: message.id,
        side: message.direction === "inbound" ? "other" : "own",
        at: message.created_at,
        content: contentOf(message, around),
        reactions: [contact, own].flatMap((emoji) => emoji ? [emoji] : []),
        canAnswer: canAnswer(message) && marks.revoked_at === undefined,
        isEdited: marks.edited_at !== undefined,
        hasDetails: message.sender_type === "bot" && message.turn_id !== null,
      };
      if (own) item.ownReaction = own;
      if (message.direction === "outbound") item.delivery = deliveryOf(message);
      const author = authorOf(message, around);
      if (author) item.author = author;
      const problem = problemOf(message, around.words);
      if (problem) item.problem = problem;
      if (quoted) {
        item.quote = {
          author: quoted.direction === "inbound" ? around.contactName : authorOf(quoted, around)?.name ?? "",
          text: quoted.content ?? around.words.messageTypes[quoted.type] ?? "",
        };
      }
      return item;
    },
  );
  const waiting = outbox.filter((entry) => !byId.has(entry.id) && !isReactionOnItsWay(entry)).map((
    entry,
  ): ChatItem => ({
    id: entry.id,
    side: "own",
    at: new Date(entry.writtenAt).toISOString(),
    author: { name: around.nameOfMember(entry.userId), kind: "agent" },
    content: ["text", "template"].includes(entry.message.type)
      ? { kind: "text", text: entry.message.content }
      : {
        kind: "missing",
        text: around.words.messageTypes[entry.message.type] ?? "",
        caption: entry.message.content,
      },
    delivery: { state: entry.state === "refused" || entry.state === "review" ? "failed" : "sending" },
    ...problemOfEntry(entry, around.words),
  }));
  return [...stored, ...waiting];
}

/** An edit or a withdrawal is a note of the system about an earlier message, which shows it already. */
function isChange(message: Message): boolean {
  return message.type === "system" && message.payload?.["change"] !== undefined && message.content === "";
}

/** It shows on its message as soon as it is stored; alone it would say nothing. */
function isReactionOnItsWay({ message, state }: OutboxEntry): boolean {
  return message.type === "reaction" && state !== "refused";
}

/** What has arrived, on either side, can be answered. */
function canAnswer({ direction, type, status }: Message): boolean {
  return direction !== "internal" && type !== "system" &&
    (direction === "inbound" || ["sent", "delivered", "read", "played"].includes(status));
}

function authorOf(message: Message, { words, nameOfMember }: ChatSurroundings): ChatItem["author"] {
  if (message.sender_type === "bot") return { name: words.holder.bot, kind: "bot" };
  return message.sender_type === "agent"
    ? { name: nameOfMember(message.sender_id), kind: "agent" }
    : undefined;
}

function deliveryOf({ status }: Message): Delivery {
  switch (status) {
    case "sent":
    case "delivered":
    case "read":
      return { state: status };
    case "played":
      return { state: "read" };
    case "failed":
    case "cancelled":
      return { state: "failed" };
    default:
      return { state: "sending" };
  }
}
