import type { MessageType, OutboundContent } from "@app/contracts/mod.ts";

/** A message as it is queued: its payload is the {@linkcode OutboundContent} that is sent. */
export interface QueuedMessage {
  type: MessageType;
  /** What a person reads in a list, and the engine in later turns. */
  content: string;
  payload: OutboundContent;
}

/** Queues any content: its kind among the product's, and the words that stand for it. Pure. */
export function toQueuedMessage(payload: OutboundContent): QueuedMessage {
  return { type: typeOf(payload), content: wordsOf(payload), payload };
}

function typeOf({ type }: OutboundContent): MessageType {
  switch (type) {
    case "text":
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker":
    case "template":
    case "location":
    case "reaction":
      return type;
    case "contacts":
      return "contact";
    default:
      return "interactive";
  }
}

function wordsOf(content: OutboundContent): string {
  switch (content.type) {
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker":
      return content.caption ?? content.fileName ?? "";
    case "template":
      return content.name;
    case "location":
      return content.name ?? content.address ?? "";
    case "contacts":
      return content.contacts.map(({ name }) => name).join(", ");
    case "reaction":
      return content.emoji ?? "";
    default:
      return content.text ?? "";
  }
}
