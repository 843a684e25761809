/** The kinds of message that the product stores, whatever the channel calls them. */
export const messageTypes = [
  "text",
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contact",
  "interactive",
  "reaction",
  "order",
  "template",
  "note",
  "system",
  "unsupported",
] as const;

/** One of {@linkcode messageTypes}. */
export type MessageType = (typeof messageTypes)[number];

/** How far an outbound message has come; see `docs/ARCHITECTURE.md` for the order. */
export const messageStatuses = [
  "received",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "cancelled",
  "unknown",
] as const;

/** One of {@linkcode messageStatuses}. */
export type MessageStatus = (typeof messageStatuses)[number];

/** The kinds of channel that a tenant can own. */
export const channelTypes = [
  "whatsapp",
  "messenger",
  "instagram",
  "telegram",
  "evolution",
  "web",
  "api",
] as const;

/** One of {@linkcode channelTypes}. */
export type ChannelType = (typeof channelTypes)[number];
