import { Buffer } from "node:buffer";
import { request as requestHttp } from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import type { Target } from "./check-target.ts";

/** What came back. */
export interface ToolResponse {
  status: number;
  contentType: string;
  text: string;
}

/** A request on its way to a checked address. */
export interface ToolRequest {
  target: Target;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** Why there was no answer that can be used. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** More than this is no answer to a question. */
const longestResponse = 1_000_000;

/**
 * Sends one request to the address of a target; the name is used for TLS and the Host header only. Redirects are not followed.
 *
 * @throws {NoAnswer} When the connection fails, the answer is over 1 MB, or its time is over.
 */
export function sendRequest(
  { target, method, headers, body }: ToolRequest,
  signal: AbortSignal,
): Promise<ToolResponse> {
  const { url, address, port } = target;
  const isSecure = url.protocol === "https:";
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port,
    method,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      "accept-encoding": "identity",
      ...headers,
      ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
    },
    // A kept connection could be to an address that nobody has checked for this call.
    agent: false,
    ...(isSecure && { servername: url.hostname.replace(/^\[|\]$/g, "") }),
  };
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new NoAnswer(`Cannot get an answer of a tool: ${why}`));
    const sent: ClientRequest = (isSecure ? requestHttps : requestHttp)(options, (response) => {
      readLimited(response).then(
        (text) =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: String(response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ??
              "",
            text,
          }),
        () => {
          sent.destroy();
          fail(signal.aborted ? "its time is over" : "the answer broke off or is over 1 MB");
        },
      );
    });
    const stop = () => {
      sent.destroy();
      fail("its time is over");
    };
    sent.on("error", () => fail("the connection failed"));
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    sent.on("close", () => signal.removeEventListener("abort", stop));
    sent.end(body);
  });
}

async function readLimited(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > longestResponse) throw new NoAnswer("too long");
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
