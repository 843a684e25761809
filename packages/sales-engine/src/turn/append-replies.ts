import { mostReplies } from "../judge-replies.ts";
import type { Reply } from "../turn-result.ts";

/** The last words matter most, so earlier ones make room. */
export function appendReplies(replies: Reply[], more: Reply[]): Reply[] {
  return [...replies.slice(0, mostReplies - more.length), ...more];
}
