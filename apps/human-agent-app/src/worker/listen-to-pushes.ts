/// <reference lib="webworker" />
import { describePush } from "./describe-push.ts";
import { readPush } from "./read-push.ts";

/** What a notification of ours carries to whoever taps it. */
interface Carried {
  path: string;
}

/**
 * Shows what arrives, and opens the conversation when it is tapped. Every push is shown: browsers take the permission away
 * from pages that stay silent.
 */
export function listenToPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener("push", (event) => {
    const push = readPush(event.data?.text() ?? "");
    const { title, body, tag, path } = describePush(push);
    const carried: Carried = { path };
    // `renotify` is not in the types of this library: the next step of the ladder sounds again.
    const options: NotificationOptions & { renotify: boolean } = {
      body,
      tag,
      renotify: true,
      icon: "/icon-192.png",
      badge: "/icon-192.png",
      data: carried,
    };
    event.waitUntil(worker.registration.showNotification(title, options));
  });

  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const { path } = event.notification.data as Carried;
    event.waitUntil(show(worker, path));
  });
}

/** In a window that is open already, so that nothing in it is lost; else in a new one. */
async function show(worker: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => new URL(url).pathname.startsWith("/t/"));
  if (!open) return void await worker.clients.openWindow(path);
  open.postMessage({ type: "notification_tapped", path });
  await open.focus();
}
