import type { InboundMessage } from "@app/contracts/mod.ts";
import type { JsonObject } from "./clean-json.ts";

/** What one kind of message contributes; the head (id, time, sender) is the same for all. */
export type MessageBody =
  & Pick<
    InboundMessage,
    | "type"
    | "content"
    | "payload"
    | "media"
    | "replyTo"
    | "change"
    | "identityChange"
    | "reaction"
    | "order"
    | "referral"
    | "context"
    | "callPermission"
    | "sharedIdentities"
    | "unsupported"
    | "group"
  >
  & Partial<Pick<InboundMessage, "isTap" | "needsAnswer">>;

/**
 * Reads one kind of message.
 *
 * @param message The whole message; its strings are clean.
 * @returns `null` if it is not what its type says: it is then stored as unsupported.
 */
export type BodyReader = (message: JsonObject) => MessageBody | null;
