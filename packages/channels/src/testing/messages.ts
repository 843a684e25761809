import { type Customer, senderKeys } from "./customers.ts";

/** What a test may choose of any message; the rest has defaults. */
export interface MessageHead {
  from: Customer;
  /** Default: a new one. */
  id?: string;
  /** When it was written; default: now. */
  at?: Date;
  /** Id of the message that it quotes. */
  replyTo?: string;
}

/** An item of `messages`. */
export type RawMessage = Record<string, unknown> & { id: string };

/** A message id of Meta's shape that was not used before. */
export function newMessageId(): string {
  return `wamid.${btoa(crypto.randomUUID())}`;
}

/** Any message: its head, and its type with the body under the same name. */
export function rawMessage(head: MessageHead, type: string, body: Record<string, unknown> = {}): RawMessage {
  return {
    ...senderKeys(head.from),
    id: head.id ?? newMessageId(),
    timestamp: String(Math.floor((head.at?.getTime() ?? Date.now()) / 1000)),
    type,
    ...(head.replyTo !== undefined && { context: { from: "15550783881", id: head.replyTo } }),
    ...body,
  };
}

/** A text. */
export function textMessage(head: MessageHead, body: string): RawMessage {
  return rawMessage(head, "text", { text: { body } });
}

/** A picture, video, document or sticker; `more` adds keys such as `caption` and `filename`. */
export function mediaMessage(
  head: MessageHead,
  type: "image" | "video" | "document" | "sticker",
  more: Record<string, unknown> = {},
): RawMessage {
  const mimeTypes = {
    image: "image/jpeg",
    video: "video/mp4",
    document: "application/pdf",
    sticker: "image/webp",
  };
  return rawMessage(head, type, { [type]: mediaBody(mimeTypes[type], more) });
}

/** A voice note. */
export function voiceMessage(head: MessageHead, more: Record<string, unknown> = {}): RawMessage {
  return rawMessage(head, "audio", { audio: mediaBody("audio/ogg; codecs=opus", { voice: true, ...more }) });
}

/** A tap on a button that we sent. */
export function buttonTap(head: MessageHead, id: string, title: string): RawMessage {
  return rawMessage(head, "interactive", {
    interactive: { type: "button_reply", button_reply: { id, title } },
  });
}

/** A choice from a list that we sent. */
export function listChoice(head: MessageHead, id: string, title: string, description?: string): RawMessage {
  const row = { id, title, ...(description !== undefined && { description }) };
  return rawMessage(head, "interactive", { interactive: { type: "list_reply", list_reply: row } });
}

/** A tap on a quick reply of a template. */
export function templateButtonTap(head: MessageHead, payload: string, text: string): RawMessage {
  return rawMessage(head, "button", { button: { payload, text } });
}

/** A form that was sent; `responseJson` is what Meta puts in its string. */
export function flowReply(head: MessageHead, responseJson: string): RawMessage {
  const reply = { name: "flow", body: "Sent", response_json: responseJson };
  return rawMessage(head, "interactive", { interactive: { type: "nfm_reply", nfm_reply: reply } });
}

/** A place. */
export function locationMessage(
  head: MessageHead,
  latitude: number,
  longitude: number,
  more: { name?: string; address?: string } = {},
): RawMessage {
  return rawMessage(head, "location", { location: { latitude, longitude, ...more } });
}

/** An address card of somebody. */
export function contactMessage(head: MessageHead, name: string, phone: string): RawMessage {
  const card = { name: { formatted_name: name, first_name: name }, phones: [{ phone, type: "CELL" }] };
  return rawMessage(head, "contacts", { contacts: [card] });
}

/** A reaction to a message; without an emoji it is taken back. */
export function reactionMessage(head: MessageHead, messageId: string, emoji?: string): RawMessage {
  return rawMessage(head, "reaction", {
    reaction: { message_id: messageId, ...(emoji !== undefined && { emoji }) },
  });
}

/** A cart from the catalogue. */
export function orderMessage(
  head: MessageHead,
  items: { product: string; quantity: number; price: number; currency: string }[],
  text?: string,
): RawMessage {
  return rawMessage(head, "order", {
    order: {
      catalog_id: "194836987003835",
      ...(text !== undefined && { text }),
      product_items: items.map(({ product, quantity, price, currency }) => ({
        product_retailer_id: product,
        quantity,
        item_price: price,
        currency,
      })),
    },
  });
}

/** A message that Meta itself cannot describe. */
export function unsupportedMessage(head: MessageHead): RawMessage {
  return rawMessage(head, "unsupported", {
    errors: [{
      code: 131051,
      title: "Message type unknown",
      message: "Message type unknown",
      error_data: { details: "Message type is currently not supported." },
    }],
    unsupported: { type: "poll_creation" },
  });
}

function mediaBody(mimeType: string, more: Record<string, unknown>): Record<string, unknown> {
  return {
    id: String(crypto.getRandomValues(new BigUint64Array(1))[0]),
    mime_type: mimeType,
    sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
    ...more,
  };
}
