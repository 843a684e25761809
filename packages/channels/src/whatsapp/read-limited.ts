import { Unavailable } from "@app/contracts/mod.ts";

/**
 * Reads a body to its end, and no further than a limit: a stream may be longer than its header says.
 *
 * @param maxBytes Bytes that are welcome.
 * @throws {Unavailable} If there are more; the rest is not read.
 */
export async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
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
