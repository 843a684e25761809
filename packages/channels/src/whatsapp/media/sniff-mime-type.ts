/** Bytes that are looked at: magic bytes stand at the start, and office files name themselves in their first part. */
const sniffedBytes = 256 * 1024;

/** Names that Meta uses for what the library calls otherwise. */
const metaNames = new Map([["audio/x-m4a", "audio/mp4"], ["audio/x-aac", "audio/aac"]]);

/**
 * Tells the type of a file from its bytes, whatever it is called.
 *
 * @returns Its type, in lower case, or `undefined` for a file that does not say, such as a text.
 */
export async function sniffMimeType(bytes: Uint8Array): Promise<string | undefined> {
  // Loaded on first use: it takes some 70 ms, and a webhook never needs it.
  const { fileTypeFromBuffer } = await import("file-type");
  try {
    const found = await fileTypeFromBuffer(bytes.subarray(0, sniffedBytes));
    return found && (metaNames.get(found.mime) ?? found.mime.toLowerCase());
  } catch {
    // A file that breaks the parser says nothing about itself.
    return undefined;
  }
}
