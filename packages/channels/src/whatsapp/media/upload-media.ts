import { InvalidInput, Unavailable } from "@app/contracts/mod.ts";
import { z } from "zod";
import { type GraphConnection, graphId, requestGraph } from "../graph-request.ts";
import { askGraph } from "../ask-graph.ts";
import { providerId } from "../lenient.ts";
import { mapGraphError } from "../map-graph-error.ts";
import { graphFailure } from "../read-send-reply.ts";
import { checkOutgoingMedia } from "./check-media.ts";
import type { MediaKind } from "./media-limits.ts";

/** A file that is to be sent. */
export interface OutgoingFile {
  bytes: Uint8Array<ArrayBuffer>;
  kind: MediaKind;
  /** What it is called; magic bytes decide, except for documents that have none. */
  mimeType: string;
  /** Name that Meta keeps with it; the person sees the `fileName` of the message. Default: the kind. */
  fileName?: string;
}

const uploaded = z.looseObject({ id: providerId });

/**
 * Uploads a file, after a check by its size and magic bytes. Nothing is lost by doing it again.
 *
 * @returns Meta's id, good for 30 days: `mediaExternalId` of a message.
 * @throws {InvalidInput} If WhatsApp does not take such a file, by our limits or by Meta's word.
 * @throws {Unavailable} If Graph does not confirm.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media
 */
export async function uploadMedia(
  connection: GraphConnection,
  { bytes, kind, mimeType, fileName }: OutgoingFile,
  signal: AbortSignal,
): Promise<string> {
  const type = await checkOutgoingMedia(bytes, kind, mimeType);
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", type);
  form.set("file", new Blob([bytes], { type }), fileName ?? kind);
  const path = `${graphId(connection.phoneNumberId)}/media`;
  const reply = await askGraph("upload media", () => requestGraph(connection, path, signal, form));
  const accepted = uploaded.safeParse(reply.body);
  if (accepted.success) return accepted.data.id;
  const failure = graphFailure.safeParse(reply.body);
  if (!failure.success) throw new Unavailable(`Cannot upload media: status ${reply.status} without an id`);
  const { code, action, title } = mapGraphError(failure.data.error, reply.status);
  const Refusal = action === "give_up" ? InvalidInput : Unavailable;
  throw new Refusal(`Cannot upload media: code ${code}, ${title}`);
}
