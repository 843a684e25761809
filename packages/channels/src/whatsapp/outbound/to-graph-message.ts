import type { ContactIdentity, OutboundContent } from "@app/contracts/mod.ts";
import { checkContent, refuse } from "./check-content.ts";
import { writeContacts } from "./write-contacts.ts";
import { writeInteractive } from "./write-interactive.ts";
import { writeMedia } from "./write-media.ts";
import { writeTemplate } from "./write-template.ts";

/** Longest callback data that Graph takes. */
const maxCallbackDataLength = 512;

/** The body of `POST /{phone number id}/messages`. */
export interface GraphMessage {
  messaging_product: "whatsapp";
  recipient_type: "individual";
  /** A phone with `+` and country code; without `+` Graph may take it for a local number. */
  to?: string;
  /** A user id (BSUID); Graph ignores it when `to` is there too. */
  recipient?: string;
  /** Comes back in every status of this message. */
  biz_opaque_callback_data: string;
  /** The message that this one answers. */
  context?: { message_id: string };
  type:
    | "text"
    | "interactive"
    | "image"
    | "audio"
    | "video"
    | "document"
    | "sticker"
    | "template"
    | "location"
    | "contacts"
    | "reaction";
  [body: string]: unknown;
}

/** What goes with the content of one message. */
export interface GraphMessageOptions {
  /** Our id of the message; statuses bring it back. */
  callbackData: string;
  /** Meta's id of the message that this one answers. */
  replyTo?: string;
}

/**
 * Writes one message in Graph's words. Pure.
 *
 * @param content An {@linkcode OutboundContent}; whatever else it is, is refused.
 * @throws {InvalidInput} If Graph would refuse it: a limit is broken (the message tells which part, what it is and what is
 * allowed), two buttons look alike, or the person has no identity on WhatsApp.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function toGraphMessage(
  content: unknown,
  to: ContactIdentity,
  options: GraphMessageOptions,
): GraphMessage {
  const { callbackData, replyTo } = options;
  if (callbackData.length > maxCallbackDataLength) {
    throw refuse(`callback data: ${callbackData.length} characters, want at most ${maxCallbackDataLength}`);
  }
  const body = bodyOf(checkContent(content));
  // A reaction names its message itself, and cannot be a reply:
  // https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contextual-replies
  const isReply = replyTo !== undefined && body.type !== "reaction";
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientOf(to),
    biz_opaque_callback_data: callbackData,
    ...(isReply && { context: { message_id: replyTo } }),
    ...body,
  };
}

function recipientOf(to: ContactIdentity): Pick<GraphMessage, "to" | "recipient"> {
  if (to.kind === "bsuid") return { recipient: to.externalId };
  if (to.kind === "phone") return { to: `+${to.externalId.replace(/^\+/, "")}` };
  throw refuse(`a recipient of kind "${to.kind}", want "bsuid" or "phone"`);
}

function bodyOf(content: OutboundContent): Pick<GraphMessage, "type"> & Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { type: "text", text: { body: content.text, preview_url: content.previewUrl ?? false } };
    case "template":
      return { type: "template", template: writeTemplate(content) };
    case "location": {
      const { type, ...place } = content;
      return { type, location: place };
    }
    case "contacts":
      return { type: "contacts", contacts: writeContacts(content.contacts) };
    case "reaction":
      return {
        type: "reaction",
        reaction: { message_id: content.messageExternalId, emoji: content.emoji ?? "" },
      };
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker":
      return { type: content.type, [content.type]: writeMedia(content) };
    default:
      return { type: "interactive", interactive: writeInteractive(content) };
  }
}
