import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { CannotStart } from "@app/local-supabase/mod.ts";
import { openCompressedFiles } from "./compressed-files.ts";

/** An app that Vite has built, and what it is told at run time. */
export interface ServedApp {
  /** Seen from the project's root, such as `apps/human-agent-app`. */
  folder: string;
  port: number;
  /** The setting that names the port. */
  portName: string;
  config: { api_url: string; publishable_key: string; push_key?: string };
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves a built app on a port of its own: files, compressed where the browser takes it, `config.json`, and the page for
 * every other address, under a policy that runs its own files only and lets it speak with its backend only.
 *
 * @throws {CannotStart} When the port is taken.
 */
export function serveApp(
  { folder, port, portName, config }: ServedApp,
): { url: string; stop(): Promise<void> } {
  const dist = fileURLToPath(new URL(`../../${folder}/dist/`, import.meta.url));
  const headers = securityHeaders(config.api_url);
  const handler = async (request: Request): Promise<Response> => {
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
    const { pathname } = new URL(request.url);
    if (pathname === "/config.json") {
      return Response.json(config, { headers: { ...headers, "cache-control": "no-cache" } });
    }
    return await answerFile(join(dist, fileOf(pathname)), request, headers);
  };
  try {
    const server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, handler);
    return { url: `http://127.0.0.1:${server.addr.port}`, stop: () => server.shutdown() };
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new CannotStart(`Cannot start: port ${port} is taken; stop what uses it, or set ${portName}`, {
      cause,
    });
  }
}

/** The file at an address, below the build; the page where it names none. */
function fileOf(pathname: string): string {
  const path = normalize(pathname);
  return types[extname(path)] && !path.includes("..") ? path : "/index.html";
}

const readCompressed = openCompressedFiles();

async function answerFile(
  path: string,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  try {
    const { body, encoding } = await readCompressed(path, request.headers.get("accept-encoding") ?? "");
    return new Response(body, {
      headers: {
        ...headers,
        "content-type": types[extname(path)] ?? "application/octet-stream",
        "cache-control": path.includes("/dist/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        vary: "accept-encoding",
        ...(encoding && { "content-encoding": encoding }),
      },
    });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return new Response("Not found\n", { status: 404, headers });
  }
}

/** https://developer.mozilla.org/docs/Web/HTTP/CSP: no code and no style but the app's own files. */
function securityHeaders(apiUrl: string): Record<string, string> {
  const socket = apiUrl.replace(/^http/, "ws");
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "worker-src 'self'",
      "manifest-src 'self'",
      `img-src 'self' blob: data: ${apiUrl}`,
      `media-src 'self' blob: ${apiUrl}`,
      `connect-src 'self' blob: ${apiUrl} ${socket}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(self), geolocation=()",
  };
}
