import { InvalidInput, Unavailable } from "@app/contracts/mod.ts";
import { z } from "zod";
import { askGraph, graphRefusal } from "./ask-graph.ts";
import { type GraphConnection, graphId, requestGraph } from "./graph-request.ts";
import { lenient, lenientString, wholeNumber } from "./lenient.ts";
import { type DownloadedMedia, downloadMedia, type DownloadOptions } from "./media/download-media.ts";
import { fetchMedia, type FetchOptions, type MediaLocation } from "./media/fetch-media.ts";
import { type OutgoingFile, uploadMedia } from "./media/upload-media.ts";
import type { GraphMessage } from "./outbound/to-graph-message.ts";
import { type ProviderReply, readSendReply } from "./read-send-reply.ts";
import type { SendOutcome } from "./send-outcome.ts";

/** One number of ours on the Graph API. */
export interface WhatsappClient {
  /**
   * POSTs one message, once. Never throws for what the provider or the network does.
   *
   * @param body From `toGraphMessage`.
   * @param signal Ends the wait; the outcome is then unknown.
   * @throws {unknown} The signal's reason, if it had fired before the call: nothing was sent.
   */
  send(body: GraphMessage, signal: AbortSignal): Promise<SendOutcome>;
  /**
   * Shows two blue ticks on a message and all before it.
   *
   * @param options.typing Shows that an answer is being written too, for 25 s or until it comes.
   * @throws {NotFound} If Graph does not know the message.
   * @throws {Unavailable} If Graph does not confirm; nothing depends on it.
   */
  markRead(messageExternalId: string, options: { typing: boolean }, signal: AbortSignal): Promise<void>;
  /**
   * Asks where a file is.
   *
   * @throws {NotFound} If Meta does not keep it any more; it keeps what customers sent for 7 days.
   * @throws {Unavailable} If there is no answer that can be used.
   * @throws {InvalidInput} If that is no id.
   */
  getMedia(mediaExternalId: string, signal: AbortSignal): Promise<MediaLocation>;
  /** Downloads a file; see {@linkcode downloadMedia}. */
  downloadMedia(url: string, options: DownloadOptions, signal: AbortSignal): Promise<DownloadedMedia>;
  /** Finds and downloads a file that a customer sent, and proves what it is; see {@linkcode fetchMedia}. */
  fetchMedia(mediaExternalId: string, options: FetchOptions, signal: AbortSignal): Promise<DownloadedMedia>;
  /** Uploads a file to be sent, and gives its id; see {@linkcode uploadMedia}. */
  uploadMedia(file: OutgoingFile, signal: AbortSignal): Promise<string>;
}

/**
 * Makes a client of the WhatsApp Cloud API for one number. Holds no state.
 *
 * @throws {InvalidInput} If the number's id is no id, or the token cannot stand in a header.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function whatsappClient(connection: GraphConnection): WhatsappClient {
  // Errors of the header would quote the token.
  if (!/^[\x21-\x7e]*$/.test(connection.accessToken)) {
    throw new InvalidInput("Cannot connect to Graph: the access token holds characters that no header can");
  }
  const messagesPath = `${graphId(connection.phoneNumberId)}/messages`;
  return {
    async send(body, signal) {
      signal.throwIfAborted();
      let reply: ProviderReply;
      try {
        reply = await requestGraph(connection, messagesPath, signal, body);
      } catch (cause) {
        if (cause instanceof Unavailable) return { kind: "unknown", why: "unreadable_answer" };
        return { kind: "unknown", why: signal.aborted ? "no_answer_in_time" : "connection_lost" };
      }
      return readSendReply(reply);
    },

    async markRead(messageExternalId, { typing }, signal) {
      const body = {
        messaging_product: "whatsapp",
        status: "read",
        message_id: messageExternalId,
        ...(typing && { typing_indicator: { type: "text" } }),
      };
      const action = "mark message as read";
      const reply = await askGraph(action, () => requestGraph(connection, messagesPath, signal, body));
      if (!confirmation.safeParse(reply.body).success) throw graphRefusal(action, reply);
    },

    getMedia: (mediaExternalId, signal) => findMedia(connection, mediaExternalId, signal),

    downloadMedia: (url, options, signal) => downloadMedia(connection, url, options, signal),

    fetchMedia: (mediaExternalId, options, signal) =>
      fetchMedia({
        locate: () => findMedia(connection, mediaExternalId, signal),
        download: (url) => downloadMedia(connection, url, options, signal),
      }, options),

    uploadMedia: (file, signal) => uploadMedia(connection, file, signal),
  };
}

const confirmation = z.looseObject({ success: z.literal(true) });

const mediaLocation = z.looseObject({
  url: z.url(),
  mime_type: z.string(),
  sha256: lenientString,
  file_size: lenient(wholeNumber),
});

async function findMedia(
  connection: GraphConnection,
  mediaExternalId: string,
  signal: AbortSignal,
): Promise<MediaLocation> {
  const path = `${graphId(mediaExternalId)}?phone_number_id=${graphId(connection.phoneNumberId)}`;
  const reply = await askGraph("find media", () => requestGraph(connection, path, signal));
  const media = mediaLocation.safeParse(reply.body);
  if (!media.success || reply.status !== 200) throw graphRefusal("find media", reply);
  const { url, mime_type: mimeType, sha256, file_size: sizeBytes } = media.data;
  return { url, mimeType, ...(sha256 && { sha256 }), ...(sizeBytes !== undefined && { sizeBytes }) };
}
