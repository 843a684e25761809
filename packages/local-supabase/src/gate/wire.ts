/**
 * The parts of Postgres's wire protocol that the gate speaks itself.
 * Source: https://www.postgresql.org/docs/17/protocol-message-formats.html
 */

/** First byte of the messages that the gate looks at; `0` stands for the startup message, which has none. */
export const tags = {
  bind: code("B"),
  close: code("C"),
  describe: code("D"),
  errorResponse: code("E"),
  flush: code("H"),
  functionCall: code("F"),
  notification: code("A"),
  parse: code("P"),
  query: code("Q"),
  readyForQuery: code("Z"),
  sync: code("S"),
  terminate: code("X"),
} as const;

/** Request codes that stand where a startup message has its version. */
export const requests = { cancel: 80877102, gss: 80877104, ssl: 80877103 } as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function code(letter: string): number {
  return letter.charCodeAt(0);
}

/** A client broke the rules of the protocol; its connection cannot be read any further. */
export class BrokenFraming extends Error {
  override name = "BrokenFraming";
}

/** Builds a message: its tag, its length, and `parts` (strings end with a zero byte). */
export function message(letter: string, ...parts: (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bodies = parts.map((part) => typeof part === "string" ? encoder.encode(`${part}\0`) : part);
  const length = bodies.reduce((sum, body) => sum + body.length, 4);
  const out = new Uint8Array(1 + length);
  out[0] = code(letter);
  new DataView(out.buffer).setUint32(1, length);
  let at = 5;
  for (const body of bodies) {
    out.set(body, at);
    at += body.length;
  }
  return out;
}

/** Four bytes, most significant first, as every integer of the protocol. */
export function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** An ErrorResponse with the fields that clients read. */
export function errorResponse(severity: "ERROR" | "FATAL", sqlState: string, text: string) {
  return message("E", `S${severity}`, `V${severity}`, `C${sqlState}`, `M${text}`, new Uint8Array(1));
}

/** ReadyForQuery outside a transaction. */
export const readyWhenIdle = message("Z", new Uint8Array([code("I")]));

/** Reads the zero-terminated string that starts at `at`. */
export function readString(bytes: Uint8Array, at: number): { text: string; next: number } {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new BrokenFraming("Cannot read a string of a message: it has no end");
  return { text: decoder.decode(bytes.subarray(at, end)), next: end + 1 };
}

/** Puts byte sequences behind each other. */
export function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
