import type { ChatButton, ChatItem } from "./chat-item.ts";

/** What can be done to a message in view. */
export interface ChatActions {
  /** A reply button or list row was chosen. Left out: buttons are shown but do nothing. */
  onTap?: (item: ChatItem, button: ChatButton) => void;
  /** A message that never left is to be sent again. */
  onSendAgain?: (item: ChatItem) => void;
  /** How a message came about is asked for. */
  onDetails?: (item: ChatItem) => void;
  /** A message is to be answered. Left out: none can be. */
  onReply?: (item: ChatItem) => void;
  /** An emoji is put on a message; null takes it back. */
  onReact?: (item: ChatItem, emoji: string | null) => void;
  /** A voice note of the other side was played. */
  onPlayed?: (item: ChatItem) => void;
}
