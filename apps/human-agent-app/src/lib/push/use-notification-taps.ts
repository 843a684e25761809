import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import * as z from "zod/mini";

const tap = z.object({ type: z.literal("notification_tapped"), path: z.string().check(z.startsWith("/t/")) });

/** Goes where a notification leads when it is tapped while the app is open. */
export function useNotificationTaps(): void {
  const { history } = useRouter();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const { serviceWorker } = navigator;
    const go = (event: MessageEvent) => {
      const parsed = tap.safeParse(event.data);
      if (parsed.success) history.push(parsed.data.path);
    };
    serviceWorker.addEventListener("message", go);
    return () => serviceWorker.removeEventListener("message", go);
  }, [history]);
}
