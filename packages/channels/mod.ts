/**
 * Channels: what vendors of messaging say, translated into the product's words, and back. Knows no database.
 *
 * Receiving: {@linkcode answerVerification}, {@linkcode verifySignature}, {@linkcode readWebhook}.
 * Sending: {@linkcode writeReply}, {@linkcode toWhatsAppText}, {@linkcode splitIntoBubbles}, {@linkcode offerChoices}, {@linkcode toGraphMessage},
 * {@linkcode whatsappRates}, {@linkcode whatsappClient}, {@linkcode mapGraphError}.
 */
export { answerVerification } from "./src/whatsapp/answer-verification.ts";
export type { DownloadedMedia, DownloadOptions } from "./src/whatsapp/media/download-media.ts";
export type { GraphConnection } from "./src/whatsapp/graph-request.ts";
export { type GraphError, mapGraphError } from "./src/whatsapp/map-graph-error.ts";
export { type Choice, type ChoiceWords, offerChoices } from "./src/whatsapp/outbound/offer-choices.ts";
export { type Reply, writeReply } from "./src/whatsapp/outbound/write-reply.ts";
export { leaveAccount } from "./src/whatsapp/account/leave-account.ts";
export { type ProvenNumber, proveNumber } from "./src/whatsapp/account/prove-number.ts";
export { readWebhook } from "./src/whatsapp/read-webhook.ts";
export { whatsappRates } from "./src/whatsapp/whatsapp-limits.ts";
export type { Refused, SendOutcome, UnknownReason } from "./src/whatsapp/send-outcome.ts";
export {
  type GraphMessage,
  type GraphMessageOptions,
  toGraphMessage,
} from "./src/whatsapp/outbound/to-graph-message.ts";
export { type BubbleOptions, splitIntoBubbles } from "./src/whatsapp/text/split-into-bubbles.ts";
export { toWhatsAppText } from "./src/whatsapp/text/to-whatsapp-text.ts";
export { type AppSecret, verifySignature } from "./src/whatsapp/verify-signature.ts";
export type { FetchOptions, MediaLocation } from "./src/whatsapp/media/fetch-media.ts";
export {
  type MediaKind,
  type MediaLimits,
  mediaLimits,
  mostMediaBytes,
} from "./src/whatsapp/media/media-limits.ts";
export type { OutgoingFile } from "./src/whatsapp/media/upload-media.ts";
export { type WhatsappClient, whatsappClient } from "./src/whatsapp/whatsapp-client.ts";
