import type { FunctionsProcess } from "./functions-process.ts";

/** A request as it is sent on, again if need be. */
export interface SentRequest {
  /** With its query. */
  path: string;
  method: string;
  headers: Headers;
  /** A stream can be sent only once. */
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
}

/** Bodies up to this size are read first; larger ones, and those of unknown size, are streamed. */
const largestBuffered = 1024 * 1024;

/** Reads what is needed to send a request on. */
export async function prepare(request: Request): Promise<SentRequest> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  // The answer is passed on as it is, so it must not be packed for one stretch of the way only.
  headers.set("accept-encoding", "identity");
  const size = Number(headers.get("content-length") ?? Infinity);
  const isSmall = request.body !== null && size <= largestBuffered;
  const body = isSmall ? new Uint8Array(await request.arrayBuffer()) : request.body;
  return { path: pathname + search, method: request.method, headers, body };
}

/** Sends a request to a process of the functions; Deno keeps the connections for the next ones. */
export async function send(
  process: FunctionsProcess,
  { path, method, headers, body }: SentRequest,
): Promise<Response> {
  const url = `http://127.0.0.1:${process.port}${path}`;
  return await fetch(url, { method, headers, body, redirect: "manual" });
}

/** Whether a failed `fetch` never reached anybody. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && /refused/i.test(error.message);
}
