import * as z from "zod/mini";
import type { Message } from "../../lib/records/message.ts";

/** `messageMarks` of the contracts, as far as it is shown. */
const marks = z.object({
  reactions: z.catch(z.array(z.object({ by: z.string(), emoji: z.string() })), []),
  edited_at: z.catch(z.optional(z.string()), undefined),
  revoked_at: z.catch(z.optional(z.string()), undefined),
  before: z.catch(z.optional(z.object({ content: z.nullable(z.string()) })), undefined),
});

/** What became of a message: reactions, edits, withdrawal. Nonsense counts as nothing. */
export function marksOf({ payload }: Pick<Message, "payload">): z.infer<typeof marks> {
  return marks.parse(payload ?? {});
}

/**
 * What stands on each message, by its id: `contact` is the other side's, `own` this side's. Marks are what the channel told;
 * a message of type reaction is one of ours, the newest of which counts.
 */
export function reactionsOf(messages: Message[]): Map<string, { contact?: string; own?: string }> {
  const found = new Map<string, { contact?: string; own?: string }>();
  const at = (id: string) => {
    const known = found.get(id) ?? {};
    found.set(id, known);
    return known;
  };
  for (const message of messages) {
    for (const { by, emoji } of marksOf(message).reactions) {
      at(message.id)[by === "contact" ? "contact" : "own"] = emoji;
    }
  }
  for (const { type, direction, reply_to, content, status } of messages) {
    if (type !== "reaction" || !reply_to || ["failed", "cancelled"].includes(status)) continue;
    at(reply_to)[direction === "inbound" ? "contact" : "own"] = content ?? "";
  }
  return found;
}
