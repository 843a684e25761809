/**
 * Opens the app without a network: the files it is made of are kept, named by their content. Data is not its business:
 * the query cache and the outbox keep that.
 */
/// <reference lib="webworker" />
import { listenToPushes } from "./listen-to-pushes.ts";

declare const self: ServiceWorkerGlobalScope;

/** Filled in by the build, so that a new build is a new worker. */
const files = "__PRECACHE_FILES__".split(" ").map((file) => `/${file}`);
const shell = ["/", "/icon.svg", "/icon-192.png", "/manifest.webmanifest", "/config.json"];
const named = new Set([...shell, ...files]);
const cacheName = `app-${hash(files.join())}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll([...shell, ...files]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // A page of the build before may be open still, and fetches its later parts from what was kept of that.
    const older = (await caches.keys()).filter((name) => name !== cacheName);
    for (const name of older.slice(0, -1)) await caches.delete(name);
    await self.clients.claim();
  })());
});

listenToPushes(self);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  // Whoever looks at a file of the app by its address, such as its icon, has not asked for the app.
  const isFile = url.pathname !== "/" && named.has(url.pathname);
  if (request.mode === "navigate" && !isFile) event.respondWith(newestOr("/", request));
  else if (url.pathname === "/config.json") event.respondWith(newestOr("/config.json", request));
  else event.respondWith(kept(request));
});

/** What the server says, or what it said last. A server that is down is asked for 3 s at most. */
async function newestOr(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(3000) });
    if (response.ok) await cache.put(path, response.clone());
    return response;
  } catch {
    return await cache.match(path) ?? Response.error();
  }
}

async function kept(request: Request): Promise<Response> {
  return await caches.match(request, { cacheName }) ?? await caches.match(request) ?? await fetch(request);
}

function hash(text: string): string {
  let value = 7;
  for (const unit of text) value = (value * 31 + (unit.codePointAt(0) ?? 0)) % 4_294_967_291;
  return value.toString(36);
}
