/**
 * How far a message of one's own has come. `waiting`: stored, but the other side has not taken it (`attempts` tries so
 * far); `failed`: it never left, and can be sent again.
 */
export type Delivery =
  | { state: "sending" | "sent" | "delivered" | "read" | "failed" }
  | { state: "waiting"; attempts: number };

/** A button under a message. */
export interface ChatButton {
  id: string;
  title: string;
  description?: string;
}

/** What a message shows. Every string is shown as text, whatever is in it. */
export type ChatContent =
  | { kind: "text"; text: string }
  | { kind: "image"; url: string; caption?: string }
  | { kind: "video"; url: string; caption?: string }
  | { kind: "audio"; url: string; transcript?: string }
  | { kind: "document"; url: string; name: string; caption?: string }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "contacts"; names: string[] }
  | { kind: "buttons"; header?: string; text: string; footer?: string; buttons: ChatButton[] }
  | { kind: "list"; header?: string; text: string; footer?: string; open: string; rows: ChatButton[] }
  | { kind: "link"; text: string; label: string; url: string }
  | { kind: "sticker"; url: string }
  | { kind: "order"; lines: string[]; note?: string }
  | { kind: "reaction"; emoji: string }
  /** Among people of the business; the contact never sees it. */
  | { kind: "note"; text: string }
  /** Something that happened, in one line between the messages. */
  | { kind: "system"; text: string }
  /** A file whose bytes are not here (yet). */
  | { kind: "missing"; text: string; caption?: string }
  | { kind: "unknown"; type: string };

/** One message of a conversation, ready to be shown. */
export interface ChatItem {
  id: string;
  /** `own`: written on this side. */
  side: "own" | "other";
  /** ISO 8601. */
  at: string;
  content: ChatContent;
  /** Only of one's own messages. */
  delivery?: Delivery;
  /** Who of this side wrote it, where there are several. */
  author?: { name: string; kind: "bot" | "agent" };
  /** The message that it answers. */
  quote?: { author: string; text: string };
  /** Emoji that were put on it. */
  reactions?: string[];
  /** The one of them that is this side's. */
  ownReaction?: string;
  /** Whether it can be answered and reacted to. */
  canAnswer?: boolean;
  /** It does not say any more what it said at first. */
  isEdited?: boolean;
  /** Why it did not arrive, and the way out; in place of the plain words. `details`: in the words of the provider. */
  problem?: { text: string; action?: string; details?: string };
  /** Whether it can tell how it came about. */
  hasDetails?: boolean;
}
