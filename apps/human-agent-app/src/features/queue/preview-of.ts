import type { Session } from "../../lib/records/session.ts";
import type { Words } from "../../words/words.ts";

/** The newest message in a line, with who wrote it if it was not the contact; a file as what it is. */
export function previewOf(session: Session, words: Words): string {
  const preview = session.last_message_preview ?? "";
  const [, type] = /^\[(\w+)\]$/.exec(preview) ?? [];
  const text = type ? words.messageTypes[type] ?? preview : preview.replace(/\s+/g, " ");
  if (session.last_message_from === "agent") return `${words.queue.team}: ${text}`;
  return session.last_message_from === "bot" ? `${words.queue.bot}: ${text}` : text;
}
