/// <reference lib="webworker" />
import { giveReceipt, type Receipt } from "./give-receipt.ts";
import { describePush } from "./describe-push.ts";
import { readPush } from "./read-push.ts";

/** What a notification of ours carries to whoever taps it. */
interface Carried {
  path: string;
  receipt?: Receipt;
}

/**
 * Shows what arrives, and opens the conversation when it is tapped. Every push is shown: browsers take the permission away
 * from pages that stay silent.
 */
export function listenToPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener("push", (event) => {
    const push = readPush(event.data?.text() ?? "");
    const { title, body, tag, path } = describePush(push);
    const receipt = push && "receipt" in push ? push.receipt : undefined;
    const carried: Carried = { path, ...(receipt && { receipt }) };
    // `renotify` is not in the types of this library: the next step of the ladder sounds again.
    const options: NotificationOptions & { renotify: boolean } = {
      body,
      tag,
      renotify: true,
      icon: "/icon-192.png",
      badge: "/icon-192.png",
      data: carried,
    };
    event.waitUntil(Promise.all([
      worker.registration.showNotification(title, options),
      receipt && giveReceipt(receipt, "delivered"),
    ]));
  });

  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const { path, receipt } = event.notification.data as Carried;
    event.waitUntil(Promise.all([show(worker, path), receipt && giveReceipt(receipt, "opened")]));
  });
}

/** In a window that is open already, so that nothing in it is lost; else in a new one. */
async function show(worker: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => new URL(url).pathname.startsWith("/t/"));
  if (!open) return void await worker.clients.openWindow(path);
  open.postMessage({ type: "notification_tapped", path });
  // A browser may keep the focus where it is; the window has gone there all the same.
  await open.focus().catch(() => {});
}
