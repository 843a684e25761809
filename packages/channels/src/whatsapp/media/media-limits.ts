/** What a file is sent as. */
export type MediaKind = "image" | "audio" | "video" | "document" | "sticker";

/** What WhatsApp takes of one kind. */
export interface MediaLimits {
  maxBytes: number;
  /** Types that are taken, as magic bytes tell them; absent: any. */
  mimeTypes?: readonly string[];
}

const megabyte = 1024 * 1024;

/** Most bytes of a file that Meta delivers or takes at all. */
export const mostMediaBytes = 100 * megabyte;

/** Bytes of a sticker that stands still; one that moves may have `mediaLimits.sticker.maxBytes`. */
export const stillStickerBytes = 100 * 1024;

/**
 * What may be sent. Ogg only with opus, which Meta plays as a voice note.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
export const mediaLimits: Readonly<Record<MediaKind, MediaLimits>> = {
  image: { maxBytes: 5 * megabyte, mimeTypes: ["image/jpeg", "image/png"] },
  audio: {
    maxBytes: 16 * megabyte,
    mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg; codecs=opus"],
  },
  video: { maxBytes: 16 * megabyte, mimeTypes: ["video/mp4", "video/3gpp"] },
  document: { maxBytes: mostMediaBytes },
  sticker: { maxBytes: 500 * 1024, mimeTypes: ["image/webp"] },
};
