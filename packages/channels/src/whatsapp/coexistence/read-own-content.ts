import type { Echo } from "@app/contracts/mod.ts";
import type { JsonObject } from "../clean-json.ts";
import { readContent } from "../read-content.ts";

/** What a message of the phone app says, whoever wrote it. */
export type OwnContent = Pick<
  Echo,
  "type" | "content" | "payload" | "media" | "replyTo" | "change" | "reaction"
>;

/** Reads a message that no turn answers: all that matters to a turn is left out. */
export function readOwnContent(raw: JsonObject): OwnContent {
  const { type, content, payload, media, replyTo, change, reaction } = readContent(raw);
  return {
    type,
    content,
    payload,
    ...(media && { media }),
    ...(replyTo !== undefined && { replyTo }),
    ...(change && { change }),
    ...(reaction && { reaction }),
  };
}
