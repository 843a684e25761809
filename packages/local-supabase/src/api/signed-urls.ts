import { z } from "zod";

const signed = z.looseObject({ signedUrl: z.string() });
const prefix = "/storage/v1";

/**
 * Lite answers `signedUrl` with the whole path; the client reads `signedURL`, or `url` for uploads, relative to
 * `/storage/v1`. Other answers pass unchanged.
 */
export async function repairSignedUrls(response: Response, pathname: string): Promise<Response> {
  const isSigning = /^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname);
  if (!isSigning || !response.ok || !response.headers.get("content-type")?.includes("json")) return response;
  const body: unknown = await response.json();
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const repaired = Array.isArray(body) ? body.map(repairOne) : repairOne(body);
  return new Response(JSON.stringify(repaired), { status: response.status, headers });
}

function repairOne(body: unknown): unknown {
  const parsed = signed.safeParse(body);
  if (!parsed.success) return body;
  const { signedUrl, ...rest } = parsed.data;
  const url = signedUrl.startsWith(prefix) ? signedUrl.slice(prefix.length) : signedUrl;
  return { ...rest, signedURL: url, url };
}
