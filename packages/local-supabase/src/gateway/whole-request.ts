/**
 * A request with its body read, so that no part behind is asked to read what its sender has taken back, as a page does that
 * is left.
 *
 * @returns Null if the sender has gone.
 */
export async function wholeRequest(request: Request): Promise<Request | null> {
  if (!request.body) return request;
  const body = await request.arrayBuffer().catch(() => null);
  return body && new Request(request.url, { method: request.method, headers: request.headers, body });
}
