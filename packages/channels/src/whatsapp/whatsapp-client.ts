import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import { z } from "zod";
import { type DownloadedMedia, downloadMedia, type DownloadOptions } from "./download-media.ts";
import { type GraphConnection, graphId, requestGraph } from "./graph-request.ts";
import { lenient, lenientString, wholeNumber } from "./lenient.ts";
import { mapGraphError } from "./map-graph-error.ts";
import { graphFailure, type ProviderReply, readSendReply } from "./read-send-reply.ts";
import type { SendOutcome } from "./send-outcome.ts";
import type { GraphMessage } from "./outbound/to-graph-message.ts";

/** Where a file is, for the next 5 minutes. */
export interface MediaLocation {
  url: string;
  mimeType: string;
  /** Base64 or hex, as Meta says it. */
  sha256?: string;
  sizeBytes?: number;
}

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
  const number = graphId(connection.phoneNumberId);
  const messagesPath = `${number}/messages`;
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
      const reply = await ask(
        "mark message as read",
        () => requestGraph(connection, messagesPath, signal, body),
      );
      if (!confirmation.safeParse(reply.body).success) throw refusal("mark message as read", reply);
    },

    async getMedia(mediaExternalId, signal) {
      const reply = await ask(
        "find media",
        () => requestGraph(connection, `${graphId(mediaExternalId)}?phone_number_id=${number}`, signal),
      );
      const media = mediaLocation.safeParse(reply.body);
      if (!media.success || reply.status !== 200) throw refusal("find media", reply);
      const { url, mime_type: mimeType, sha256, file_size: sizeBytes } = media.data;
      return { url, mimeType, ...(sha256 && { sha256 }), ...(sizeBytes !== undefined && { sizeBytes }) };
    },

    downloadMedia: (url, options, signal) => downloadMedia(connection, url, options, signal),
  };
}

const confirmation = z.looseObject({ success: z.literal(true) });

const mediaLocation = z.looseObject({
  url: z.url(),
  mime_type: z.string(),
  sha256: lenientString,
  file_size: lenient(wholeNumber),
});

async function ask(action: string, request: () => Promise<ProviderReply>): Promise<ProviderReply> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof InvalidInput || cause instanceof Unavailable) throw cause;
    throw new Unavailable(`Cannot ${action}: no answer`, { cause });
  }
}

function refusal(action: string, { status, body }: ProviderReply): NotFound | Unavailable {
  const failure = graphFailure.safeParse(body);
  if (!failure.success) {
    return new Unavailable(`Cannot ${action}: status ${status} without an answer of Graph`);
  }
  const { code } = failure.data.error;
  const { title } = mapGraphError(failure.data.error, status);
  const isGone = code === 100 || code === 33 || code === 131009;
  const Refusal = isGone ? NotFound : Unavailable;
  return new Refusal(`Cannot ${action}: code ${code}, ${title}`);
}
