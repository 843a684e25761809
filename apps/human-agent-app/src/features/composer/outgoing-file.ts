import type { OutboxEntry } from "../../lib/outbox/outbox-entry.ts";

type Message = OutboxEntry["message"];

/** WhatsApp's own limits in bytes; https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
const limits = { image: 5_242_880, video: 16_777_216, audio: 16_777_216, document: 104_857_600 };

/** What a picked file will be sent as: a picture, film or sound that phones show, anything else as a document. */
export function kindOfFile({ type }: Pick<File, "type">): keyof typeof limits {
  if (/^image\/(jpeg|png)$/.test(type)) return "image";
  if (/^video\/(mp4|3gpp)$/.test(type)) return "video";
  return /^audio\/(ogg|mpeg|mp4|aac|amr)/.test(type) ? "audio" : "document";
}

/** WhatsApp's longest caption; sound has none. */
export function canCaption(file: Pick<File, "type">, text: string): boolean {
  return kindOfFile(file) !== "audio" && text.length <= 1024;
}

/** Why a file cannot be sent, or null. */
export function fileProblem(file: Pick<File, "type" | "size">): "file_too_large" | "file_empty" | null {
  if (file.size === 0) return "file_empty";
  return file.size > limits[kindOfFile(file)] ? "file_too_large" : null;
}

/** The message that carries a file. Its path is the message's own, so that sending again uploads over it. */
export function outgoingFile(
  id: string,
  sessionId: string,
  file: Pick<File, "type" | "size" | "name">,
  caption: string,
  isVoice: boolean,
): Pick<Message, "type" | "payload" | "media"> {
  const kind = kindOfFile(file);
  const mimeType = file.type || "application/octet-stream";
  // A path may hold plain letters only; people see the file's own name.
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toLowerCase() ?? "bin";
  return {
    type: kind,
    payload: {
      type: kind,
      ...(caption && kind !== "audio" && { caption }),
      ...(kind === "document" && { fileName: file.name.slice(0, 240) }),
      ...(kind === "audio" && isVoice && /ogg/.test(mimeType) && { isVoice: true }),
    },
    media: {
      path: `outbound/${sessionId}/${id}.${ending}`,
      mime_type: mimeType,
      size: file.size,
      file_name: file.name.slice(0, 240),
    },
  };
}
