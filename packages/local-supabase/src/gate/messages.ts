/** One message of a sequence, as a view: `bytes` includes tag and length. */
export interface Message {
  tag: number;
  bytes: Uint8Array;
}

/** Walks the whole messages in `bytes`. */
export function* eachMessage(bytes: Uint8Array): Generator<Message> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 5 <= bytes.length;) {
    const length = 1 + view.getUint32(at + 1);
    yield { tag: view.getUint8(at), bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}
