import { InvalidInput, type OutboundContent } from "@app/contracts/mod.ts";

/** A file as content of its own. */
export type MediaContent = Extract<
  OutboundContent,
  { type: "image" | "audio" | "video" | "document" | "sticker" }
>;

/**
 * Writes a file as Graph takes its kind: only documents have a name, only audio can be a voice note.
 *
 * @throws {InvalidInput} If it is a file of our own storage, which has to be uploaded first.
 */
export function writeMedia(
  { type, mediaExternalId, link, caption, fileName, isVoice }: MediaContent,
): Record<string, unknown> {
  if (mediaExternalId === undefined && link === undefined) {
    throw new InvalidInput(
      `Cannot write WhatsApp message: ${type} that is not uploaded, want an id of Meta's`,
    );
  }
  return {
    ...(mediaExternalId !== undefined ? { id: mediaExternalId } : { link }),
    ...(caption !== undefined && caption !== "" && { caption }),
    ...(type === "document" && fileName !== undefined && { filename: fileName }),
    ...(isVoice === true && { voice: true }),
  };
}
