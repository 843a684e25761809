import type { OutboxEntry } from "../../lib/outbox/outbox-entry.ts";
import type { Message } from "../../lib/records/message.ts";

type Outgoing = OutboxEntry["message"];

/** Keys that the product writes beside what was said: `messageMarks` of the contracts. */
const marks = ["reactions", "edited_at", "edits", "revoked_at", "before", "source", "context", "referral"];

/** A stored message as it is sent once more: the same words, template or file; its file is in the bucket already. */
export function sameAgain({ type, content, payload, media, reply_to }: Message): Omit<Outgoing, "id"> {
  const said = Object.fromEntries(Object.entries(payload ?? {}).filter(([name]) => !marks.includes(name)));
  return {
    type: type as Outgoing["type"],
    content: content ?? "",
    ...(Object.keys(said).length > 0 && { payload: said }),
    ...(media?.path && {
      media: {
        path: media.path,
        mime_type: media.mime_type,
        size: media.size ?? 0,
        ...(media.file_name && { file_name: media.file_name }),
      },
    }),
    ...(reply_to && { reply_to }),
  };
}
