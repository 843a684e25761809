/** Any page may call the API: callers prove themselves by keys and tokens, never by cookies. */
const methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/** Answers a preflight: what the browser asks for is allowed. */
export function answerPreflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers") ??
    "authorization, apikey, content-type";
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": methods,
      "access-control-allow-headers": asked,
      "access-control-max-age": "3600",
      vary: "access-control-request-headers",
    },
  });
}

/** Adds what lets a page of another origin read the answer, unless the part that answered did. */
export function withCors(response: Response): Response {
  if (response.status === 101 || response.headers.has("access-control-allow-origin")) return response;
  const headers = new Headers(response.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", "*");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
