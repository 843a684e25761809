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
  | { kind: "audio"; url: string }
  | { kind: "document"; url: string; name: string; caption?: string }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "contacts"; names: string[] }
  | { kind: "buttons"; header?: string; text: string; footer?: string; buttons: ChatButton[] }
  | { kind: "list"; header?: string; text: string; footer?: string; open: string; rows: ChatButton[] }
  | { kind: "link"; text: string; label: string; url: string }
  | { kind: "reaction"; emoji: string }
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
}
