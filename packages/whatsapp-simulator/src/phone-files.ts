import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../phone/dist/", import.meta.url));

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NOT_BUILT =
  "The phone page is not built yet: run npx vite build in packages/whatsapp-simulator/phone\n";

/** Serves the built phone page: `/` and its assets, with a policy that runs only its own files. */
export async function answerPhonePage(request: Request, url: URL): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
  const name = url.pathname === "/" ? "/index.html" : normalize(url.pathname);
  const type = TYPES[extname(name)];
  if (!type || name.includes("..")) return new Response("Not found\n", { status: 404 });
  try {
    const bytes = await Deno.readFile(join(DIST, name));
    return new Response(bytes, {
      headers: {
        "content-type": type,
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), microphone=(self), geolocation=(self)",
        "cache-control": name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      },
    });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return name === "/index.html"
      ? new Response(NOT_BUILT, { status: 503 })
      : new Response("Not found\n", { status: 404 });
  }
}
