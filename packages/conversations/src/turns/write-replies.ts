import type { OutboundContent } from "@app/contracts/mod.ts";
import type { Reply } from "@app/sales-engine/mod.ts";

/** A message as `engine.commit_turns` stores it: its payload is the {@linkcode OutboundContent} that is sent. */
export interface QueuedMessage {
  type: "text" | "interactive";
  content: string;
  payload: OutboundContent;
}

/** WhatsApp allows 1,024 characters above buttons, and 4,096 in a text of its own. */
const mostAboveButtons = 1024;

/** Turns the replies of a decision into messages, in order. A text that is too long for its buttons goes before them. */
export function writeReplies(replies: Reply[]): QueuedMessage[] {
  return replies.flatMap(({ text, buttons }) => {
    if (buttons.length === 0) return [plain(text)];
    if (text.length <= mostAboveButtons) return [withButtons(text, buttons)];
    const [head, tail] = splitNearEnd(text);
    return [plain(head), withButtons(tail, buttons)];
  });
}

function plain(text: string): QueuedMessage {
  return { type: "text", content: text, payload: { type: "text", text } };
}

function withButtons(text: string, buttons: Reply["buttons"]): QueuedMessage {
  return { type: "interactive", content: text, payload: { type: "buttons", text, buttons } };
}

/** At the last end of a paragraph, sentence or word that leaves a tail short enough; anywhere if there is none. */
function splitNearEnd(text: string): [string, string] {
  const least = text.length - mostAboveButtons;
  for (const end of ["\n", ". ", "? ", "! ", " "]) {
    const at = text.lastIndexOf(end, text.length - 2);
    if (at >= least) return [text.slice(0, at + 1).trimEnd(), text.slice(at + end.length).trimStart()];
  }
  return [text.slice(0, least), text.slice(least)];
}
