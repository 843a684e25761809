/** The keys of the project that the gateway knows. */
export interface ProjectKeys {
  publishable: string;
  /** Every secret key, by name; all of them mean `service_role`. */
  secret: Record<string, string>;
}

/**
 * Makes a request to REST, Auth or Storage as the hosted gateway passes it on: an opaque key stands on `apikey` only, and
 * whichever secret key was used, the parts behind know one.
 */
export function normaliseKeys(request: Request, keys: ProjectKeys): Request {
  const headers = new Headers(request.headers);
  if (headers.get("authorization")?.startsWith("Bearer sb_")) headers.delete("authorization");
  const url = new URL(request.url);
  const inUrl = url.searchParams.get("apikey");
  const key = headers.get("apikey") ?? inUrl;
  if (inUrl !== null) url.searchParams.delete("apikey");
  if (key !== null) {
    headers.set("apikey", Object.values(keys.secret).includes(key) ? keys.secret.default ?? key : key);
  }
  return new Request(url, { method: request.method, headers, body: request.body });
}
