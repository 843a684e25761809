/** Reads a request's body without letting a sender fill the memory. */
import { TooLarge } from "@app/contracts/mod.ts";

/** Meta sends up to 3 MB: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks; the rest is margin. */
const bodyLimitBytes = 3_500_000;

/**
 * The body's bytes, as sent.
 *
 * @throws {TooLarge} As soon as more than `limitBytes` are announced or read.
 */
export async function readBody(
  request: Request,
  limitBytes = bodyLimitBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > limitBytes) {
    throw tooLarge(limitBytes);
  }
  // The runtime ends a body at its announced length.
  if (announced !== null) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return join(chunks, size);
}

function join(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function tooLarge(limitBytes: number): TooLarge {
  return new TooLarge(
    `Cannot read the body: it is larger than ${limitBytes} bytes`,
  );
}
