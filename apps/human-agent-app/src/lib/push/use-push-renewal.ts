import { useEffect } from "react";
import { useDesk } from "../desk.ts";
import { useSpeech } from "../speech.ts";
import { keepDevice } from "./device.ts";
import { isMarked, mark } from "./device-mark.ts";

/**
 * Browsers change their subscriptions, and the backend forgets those whose push service said that they are gone: a device
 * that was switched on is told to the backend again whenever the app opens.
 */
export function usePushRenewal(): void {
  const { backend, tenant, userId } = useDesk();
  const { language } = useSpeech();
  const pushKey = backend.config.push_key;
  useEffect(() => {
    if (!pushKey || !isMarked(tenant.id, userId)) return;
    if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
    keepDevice(backend, tenant.id, { pushKey, language })
      .catch((error) => {
        // Offline, say: the next start tries again.
        if (error instanceof DOMException) mark(tenant.id, userId, false);
      });
  }, [backend, pushKey, tenant.id, userId, language]);
}
