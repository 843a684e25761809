import { InvalidInput } from "@app/contracts/mod.ts";
import type { ProviderReply } from "./read-send-reply.ts";
import { readLimited } from "./read-limited.ts";

/** Where Graph is and who we are there. */
export interface GraphConnection {
  /** Such as `https://graph.facebook.com`, without a version. */
  baseUrl: string;
  /** Such as `v26.0`. */
  version: string;
  /** Meta's id of the number that sends. */
  phoneNumberId: string;
  /** Secret; never part of an error, an outcome or a log. */
  accessToken: string;
  /** Does the calls; in production the runtime's own. */
  fetch: typeof fetch;
}

/** Answers of Graph are below 2 KB; an error page of a proxy may be larger. */
const maxReplyBytes = 64 * 1024;

/**
 * Calls Graph once. Redirects are not followed, since they would carry the token elsewhere.
 *
 * @param path What follows the version; ids in it come from {@linkcode graphId}.
 * @param body Sent by POST: a form as it is, anything else as JSON. Without it the call is a GET, or as `method` says.
 * @throws {TypeError} If the connection fails.
 * @throws {unknown} The signal's reason, if it fires.
 * @throws {Unavailable} If the answer is longer than 64 KB.
 */
export async function requestGraph(
  connection: GraphConnection,
  path: string,
  signal: AbortSignal,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
): Promise<ProviderReply> {
  const { baseUrl, version, accessToken, fetch } = connection;
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/${version}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: "application/json",
      ...(isJson && { "content-type": "application/json" }),
    },
    ...(body instanceof FormData && { body }),
    ...(isJson && sentOnce(body)),
    redirect: "manual",
    signal,
  });
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
  return {
    status: response.status,
    body: parseJson(await readLimited(response, maxReplyBytes)),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * A body that can be read once. The runtime's `fetch` sends a request a second time, and tells nobody, when a connection
 * that it had kept open is reset; a body that is gone keeps it from that. Graph may have accepted the first.
 */
function sentOnce(body: unknown) {
  return { body: new Blob([JSON.stringify(body)]).stream(), duplex: "half" };
}

/**
 * Makes sure that an id can stand in an address, whoever it came from.
 *
 * @throws {InvalidInput} If it could lead elsewhere.
 */
export function graphId(id: string): string {
  if (!/^[A-Za-z0-9_=:-]{1,500}$/.test(id)) {
    throw new InvalidInput("Cannot call Graph: the id holds more than an id may");
  }
  return id;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Reads the header's form in seconds; its form as a date would need a clock, and Graph does not use it. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) * 1000 : undefined;
}
