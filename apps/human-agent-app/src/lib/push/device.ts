import * as z from "zod/mini";
import { type Backend } from "../backend.ts";
import { call } from "../call.ts";
import { registerWorker } from "../register-worker.ts";

/** This browser's subscription, if it has one. */
export async function findSubscription(): Promise<PushSubscription | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return await registration?.pushManager?.getSubscription() ?? null;
}

/**
 * Has this browser show notifications of a tenant. Doing it again renews what the backend knows.
 *
 * @throws {DOMException} When the browser or its push service refuses.
 * @throws {AppError} When the backend does.
 */
export async function keepDevice(
  backend: Backend,
  tenantId: string,
  { pushKey, language }: { pushKey: string; language: string },
): Promise<PushSubscription> {
  registerWorker();
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await subscribe(pushManager, pushKey);
  await call(backend, "keep_push_subscription", {
    p_tenant_id: tenantId,
    p_subscription: subscription.toJSON(),
    p_language: language,
  }, z.string());
  return subscription;
}

/** A browser that subscribed with an older key subscribes anew. */
async function subscribe(pushManager: PushManager, pushKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(pushKey) };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return await pushManager.subscribe(options);
  }
}

/**
 * Shows no notifications of a tenant on this browser any more, or of any tenant.
 *
 * @throws {AppError} When the backend cannot be told. Of no tenant: the browser has left its push service all the same.
 */
export async function forgetDevice(backend: Backend, tenantId: string, isEverywhere = false): Promise<void> {
  const subscription = await findSubscription();
  if (!subscription) return;
  if (isEverywhere) await subscription.unsubscribe();
  const left = await call(backend, "forget_push_subscription", {
    p_tenant_id: tenantId,
    p_endpoint: subscription.endpoint,
    p_everywhere: isEverywhere,
  }, z.number());
  if (left === 0) await subscription.unsubscribe();
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
}
