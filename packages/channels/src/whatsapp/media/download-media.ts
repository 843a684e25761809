import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import type { GraphConnection } from "../graph-request.ts";
import { readLimited } from "../read-limited.ts";

/** Limits of a download. */
export interface DownloadOptions {
  /** Origins that may be called and given the token, such as `https://lookaside.fbsbx.com`. */
  allowedOrigins: readonly string[];
  /** Bytes that are welcome; Meta delivers up to 100 MB. */
  maxBytes: number;
}

/** A downloaded file. */
export interface DownloadedMedia {
  bytes: Uint8Array<ArrayBuffer>;
  /** What the server calls it; not proven by the bytes. */
  mimeType: string;
}

/**
 * Downloads a file with the channel's token. The address comes from outside, so only listed origins are called and
 * redirects are not followed.
 *
 * @throws {InvalidInput} If the address is not of a listed origin.
 * @throws {NotFound} If the address has expired, which it does after 5 minutes: ask for a new one, once.
 * @throws {Unavailable} If there is no answer, a refusal, or too much of an answer.
 */
export async function downloadMedia(
  connection: GraphConnection,
  url: string,
  { allowedOrigins, maxBytes }: DownloadOptions,
  signal: AbortSignal,
): Promise<DownloadedMedia> {
  const { fetch, accessToken } = connection;
  const address = URL.parse(url);
  if (address === null || !allowedOrigins.includes(address.origin)) {
    throw new InvalidInput(
      `Cannot download media: "${address?.origin ?? "no origin"}" is not an allowed origin`,
    );
  }
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${accessToken}` },
      redirect: "manual",
      signal,
    });
    if (response.status !== 200) await refuse(response);
    return {
      bytes: await readLimited(response, maxBytes),
      mimeType: response.headers.get("content-type") ?? "application/octet-stream",
    };
  } catch (cause) {
    if (cause instanceof NotFound || cause instanceof Unavailable) throw cause;
    throw new Unavailable("Cannot download media: no answer", { cause });
  }
}

async function refuse(response: Response): Promise<never> {
  await response.body?.cancel();
  if (response.status === 404) throw new NotFound("Cannot download media: its address has expired");
  throw new Unavailable(`Cannot download media: status ${response.status}, want 200`);
}
