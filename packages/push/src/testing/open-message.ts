/** The browser's half of RFC 8291, written from the standard and not with the library that is tested by it. */

/** What only the browser holds. */
export interface BrowserKeys {
  pair: CryptoKeyPair;
  auth: Uint8Array<ArrayBuffer>;
}

/** salt 16 | record size 4 | length of key id 1 | key id 65 (RFC 8188 section 2.1). */
const headerBytes = 16 + 4 + 1 + 65;

/** @throws {Error} For anything that a browser could not read. */
export async function openMessage(
  body: Uint8Array<ArrayBuffer>,
  { pair, auth }: BrowserKeys,
): Promise<string> {
  if (body.length < headerBytes + 17) throw new Error("The record is too short");
  const salt = body.slice(0, 16);
  const recordSize = new DataView(body.buffer, body.byteOffset).getUint32(16);
  if (body[20] !== 65) throw new Error("The key id is no public key");
  if (body.length - headerBytes > recordSize) throw new Error("There is more than one record");
  const senderKey = body.slice(21, headerBytes);
  const sender = await crypto.subtle.importKey(
    "raw",
    senderKey,
    { name: "ECDH", namedCurve: "P-256" },
    true,
    [],
  );
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: sender }, pair.privateKey, 256);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const secret = await derive(shared, auth, [...bytesOf("WebPush: info\0"), ...own, ...senderKey], 32);
  const key = await derive(secret, salt, bytesOf("Content-Encoding: aes128gcm\0"), 16);
  const nonce = await derive(secret, salt, bytesOf("Content-Encoding: nonce\0"), 12);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const padded = new Uint8Array(
    await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, body.slice(headerBytes)),
  );
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error("The last record does not end as one");
  return new TextDecoder("utf-8", { fatal: true }).decode(padded.slice(0, end));
}

async function derive(
  secret: ArrayBuffer,
  salt: Uint8Array<ArrayBuffer>,
  info: Iterable<number>,
  length: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt, info: Uint8Array.from(info) },
    key,
    length * 8,
  );
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
