import {
  type ContactIdentity,
  InvalidInput,
  type OutboundContent,
  outboundContent,
} from "@app/contracts/mod.ts";

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
  type: "text" | "interactive" | "image" | "audio" | "video" | "document";
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
 * @throws {InvalidInput} If Graph would refuse it: a limit is broken, two buttons look alike, or the person has no
 * identity on WhatsApp.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function toGraphMessage(
  content: OutboundContent,
  to: ContactIdentity,
  options: GraphMessageOptions,
): GraphMessage {
  const { callbackData, replyTo } = options;
  if (callbackData.length > maxCallbackDataLength) {
    throw invalid(
      `callback data of ${callbackData.length} characters, want at most ${maxCallbackDataLength}`,
    );
  }
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientOf(to),
    biz_opaque_callback_data: callbackData,
    ...(replyTo !== undefined && { context: { message_id: replyTo } }),
    ...bodyOf(checkLimits(content)),
  };
}

function recipientOf(to: ContactIdentity): Pick<GraphMessage, "to" | "recipient"> {
  if (to.kind === "bsuid") return { recipient: to.externalId };
  if (to.kind === "phone") return { to: `+${to.externalId.replace(/^\+/, "")}` };
  throw invalid(`a recipient of kind "${to.kind}", want "bsuid" or "phone"`);
}

function checkLimits(content: OutboundContent): OutboundContent {
  const parsed = outboundContent.safeParse(content);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      `${path.join(".") || content.type}: ${message}`
    );
    throw invalid(problems.join("; "));
  }
  if (parsed.data.type !== "text" && parsed.data.type !== "buttons") return parsed.data;
  if (parsed.data.text.trim() === "") throw invalid("a blank text, want something to read");
  if (parsed.data.type === "buttons") {
    requireUnique("ids", parsed.data.buttons.map(({ id }) => id));
    requireUnique("titles", parsed.data.buttons.map(({ title }) => title.trim()));
  }
  return parsed.data;
}

function requireUnique(what: string, values: string[]): void {
  if (values.some((value) => value === "")) throw invalid(`buttons with blank ${what}`);
  if (new Set(values).size < values.length) throw invalid(`buttons with equal ${what}, want each once`);
}

function bodyOf(content: OutboundContent): Pick<GraphMessage, "type"> & Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { type: "text", text: { body: content.text, preview_url: false } };
    case "buttons":
      return {
        type: "interactive",
        interactive: {
          type: "button",
          body: { text: content.text },
          action: {
            buttons: content.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })),
          },
        },
      };
    default:
      return { type: content.type, [content.type]: mediaBody(content) };
  }
}

/** Audio takes no caption; only documents have a file name. Graph refuses a message that says more. */
function mediaBody({ type, mediaExternalId, caption, fileName }: MediaContent): Record<string, unknown> {
  if (type === "audio" && caption !== undefined) {
    throw invalid("audio with a caption, which Graph does not take");
  }
  return {
    id: mediaExternalId,
    ...(caption !== undefined && caption !== "" && { caption }),
    ...(type === "document" && fileName !== undefined && { filename: fileName }),
  };
}

type MediaContent = Extract<OutboundContent, { mediaExternalId: string }>;

function invalid(problem: string): InvalidInput {
  return new InvalidInput(`Cannot write WhatsApp message: ${problem}`);
}
