import { createHash } from "node:crypto";
import { NotFound, TooLarge, Unavailable } from "@app/contracts/mod.ts";
import { checkIncomingMedia } from "./check-media.ts";
import type { DownloadedMedia, DownloadOptions } from "./download-media.ts";
import type { MediaKind } from "./media-limits.ts";

/** Where a file is, for the next 5 minutes. */
export interface MediaLocation {
  url: string;
  mimeType: string;
  /** Base64 or hex, as Meta says it. */
  sha256?: string;
  sizeBytes?: number;
}

/** What a fetch needs to know of a file. */
export interface FetchOptions extends DownloadOptions {
  /** What the message said that it is. */
  kind: MediaKind;
}

/** How a file is found and downloaded. */
export interface MediaSource {
  locate(): Promise<MediaLocation>;
  download(url: string): Promise<DownloadedMedia>;
}

/**
 * Fetches a file that a customer sent: finds it, downloads it, and proves size, digest and magic bytes. An address that
 * has expired is asked for again, once.
 *
 * @returns The bytes, and their type as they themselves tell it.
 * @throws {NotFound} If Meta does not keep it any more.
 * @throws {TooLarge} If it is bigger than `maxBytes`; nothing is downloaded.
 * @throws {InvalidInput} If it is not what it is called.
 * @throws {Unavailable} If there is no answer, or only a part of the file came.
 */
export async function fetchMedia(
  source: MediaSource,
  { kind, maxBytes }: FetchOptions,
): Promise<DownloadedMedia> {
  const { location, bytes } = await downloadOnceMore(source, maxBytes);
  if (location.sizeBytes !== undefined && bytes.length !== location.sizeBytes) {
    throw new Unavailable(`Cannot fetch media: ${bytes.length} bytes came, want ${location.sizeBytes}`);
  }
  if (location.sha256 !== undefined && !hasDigest(bytes, location.sha256)) {
    throw new Unavailable("Cannot fetch media: its digest is another than Meta's");
  }
  return { bytes, mimeType: await checkIncomingMedia(bytes, kind, location.mimeType) };
}

async function downloadOnceMore(source: MediaSource, maxBytes: number) {
  const location = await locate(source, maxBytes);
  try {
    return { location, ...await source.download(location.url) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const fresh = await locate(source, maxBytes);
    return { location: fresh, ...await source.download(fresh.url) };
  }
}

async function locate(source: MediaSource, maxBytes: number): Promise<MediaLocation> {
  const location = await source.locate();
  if (location.sizeBytes !== undefined && location.sizeBytes > maxBytes) {
    throw new TooLarge(`Cannot fetch media: ${location.sizeBytes} bytes, want at most ${maxBytes}`);
  }
  return location;
}

/** Meta writes digests as base64 in webhooks and as hex where it tells the address; one of another form proves nothing. */
function hasDigest(bytes: Uint8Array, claimed: string): boolean {
  const digest = createHash("sha256").update(bytes).digest();
  if (/^[0-9a-f]{64}$/i.test(claimed)) return digest.toString("hex") === claimed.toLowerCase();
  return !/^[\w+/-]{43}=?$/.test(claimed) || digest.toString("base64url") === toBase64Url(claimed);
}

function toBase64Url(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=$/, "");
}
