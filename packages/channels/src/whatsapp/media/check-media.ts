import { InvalidInput } from "@app/contracts/mod.ts";
import { type MediaKind, mediaLimits, stillStickerBytes } from "./media-limits.ts";
import { readWebp } from "./read-webp.ts";
import { sniffMimeType } from "./sniff-mime-type.ts";

/** Pixels of a sticker, each way. */
const stickerPixels = 512;

/** What nobody sends to a customer, and no customer to us, in good faith. */
const programs = new Set([
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/java-vm",
  "application/vnd.android.package-archive",
  "application/x-ms-shortcut",
  "application/wasm",
]);

/**
 * Makes sure that WhatsApp takes a file, by its bytes and not by its name.
 *
 * @param claimedMimeType What it is called; counts only for documents that do not say themselves.
 * @returns The type with which it is uploaded.
 * @throws {InvalidInput} Naming the limit, what the file is, and what is allowed.
 */
export async function checkOutgoingMedia(
  bytes: Uint8Array,
  kind: MediaKind,
  claimedMimeType: string,
): Promise<string> {
  const { maxBytes, mimeTypes } = mediaLimits[kind];
  if (bytes.length === 0) throw refuse(`${kind} of 0 bytes, want a file`);
  if (bytes.length > maxBytes) throw refuse(`${kind} of ${bytes.length} bytes, want at most ${maxBytes}`);
  const found = await sniffMimeType(bytes);
  if (mimeTypes === undefined) {
    if (found !== undefined && programs.has(found)) {
      throw refuse(`${kind} of type "${found}", want no program`);
    }
    return documentType(found, claimedMimeType);
  }
  if (found === undefined || !mimeTypes.includes(found)) {
    throw refuse(`${kind} of type "${found ?? "unknown"}", want ${mimeTypes.join(", ")}`);
  }
  if (kind === "sticker") checkSticker(bytes);
  // Meta's list has the bare name.
  return found.replace(/;.*$/, "");
}

/**
 * Makes sure that a file that a customer sent is what it is called: a picture that is a program is neither stored nor
 * shown.
 *
 * @param claimedMimeType What Meta calls it.
 * @returns Its type by its bytes; as it is called where they do not say.
 * @throws {InvalidInput} If it is something else.
 */
export async function checkIncomingMedia(
  bytes: Uint8Array,
  kind: MediaKind,
  claimedMimeType: string,
): Promise<string> {
  const found = await sniffMimeType(bytes);
  if (found !== undefined && programs.has(found)) throw refuse(`${kind} of type "${found}", want no program`);
  if (kind === "document") return documentType(found, claimedMimeType);
  if (found === undefined || !families[kind].test(found)) {
    throw refuse(`${kind} of type "${found ?? "unknown"}", want ${claimedMimeType}`);
  }
  return found;
}

/** What magic bytes may tell of each kind: sound and picture share containers. */
const families: Readonly<Record<Exclude<MediaKind, "document">, RegExp>> = {
  image: /^image\//,
  sticker: /^image\//,
  audio: /^audio\/|^video\/(?:mp4|3gpp|ogg|quicktime)$|^application\/ogg$/,
  video: /^video\/|^audio\/mp4$/,
};

/** Containers that many kinds of documents share; their name tells more than their bytes. */
const containers = new Set(["application/zip", "application/x-cfb", "application/xml", "application/gzip"]);

function documentType(found: string | undefined, claimed: string): string {
  return found === undefined || containers.has(found) ? claimed.toLowerCase() : found;
}

function checkSticker(bytes: Uint8Array): void {
  const webp = readWebp(bytes);
  if (webp === null) throw refuse("sticker whose head is cut off, want a WebP file");
  if (webp.width !== stickerPixels || webp.height !== stickerPixels) {
    throw refuse(
      `sticker of ${webp.width} x ${webp.height} pixels, want ${stickerPixels} x ${stickerPixels}`,
    );
  }
  if (!webp.isAnimated && bytes.length > stillStickerBytes) {
    throw refuse(`still sticker of ${bytes.length} bytes, want at most ${stillStickerBytes}`);
  }
}

function refuse(problem: string): InvalidInput {
  return new InvalidInput(`Cannot use media: ${problem}`);
}
