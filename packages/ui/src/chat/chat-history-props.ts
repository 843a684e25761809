import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatActions } from "./chat-actions.ts";
import type { ChatItem } from "./chat-item.ts";

/** A long conversation: what is loaded of it, and how to get more. */
interface ChatHistoryData {
  items: ChatItem[];
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  onEarlier: () => void;
}

/** What a history is made of. */
export interface ChatHistoryProps {
  data: ChatHistoryData;
  labels: ChatLabels;
  actions: ChatActions;
}

/** What is nearer to an edge than this, in CSS pixels, counts as being there. */
export const NEAR_PX = 240;
