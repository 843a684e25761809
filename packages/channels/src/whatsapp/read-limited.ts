import { Unavailable } from "@app/contracts/mod.ts";

/**
 * Reads a body to its end, and no further than a limit. What tells its length is read at once, which costs a third of
 * reading it piece by piece: HTTP ends a body where its `content-length` says. Any other may be longer than it looks.
 *
 * @param maxBytes Bytes that are welcome.
 * @throws {Unavailable} If there are more; the rest is not read.
 */
export async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (isSurelyWithin(response.headers, maxBytes)) return await response.bytes();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the stream.
    if (size > maxBytes) throw new Unavailable(`Cannot read answer: more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Packed or chunked, a body is not as long as the header says. */
function isSurelyWithin(headers: Headers, maxBytes: number): boolean {
  const length = headers.get("content-length");
  if (length === null || headers.has("content-encoding") || headers.has("transfer-encoding")) return false;
  return /^\d{1,15}$/.test(length) && Number(length) <= maxBytes;
}
