/** Whether this browser can show notifications of the app. */
export type PushSupport =
  /** The deployment has no keys for it. */
  | "not_set_up"
  /** An iPhone or iPad shows them for installed apps only, from iOS 16.4 on. */
  | "install_first"
  | "unsupported"
  /** The person said no; only they can change that, in the browser's own settings. */
  | "denied"
  | "possible";

/** What a browser says about itself, as far as it matters here. */
export interface BrowserTraits {
  hasKey: boolean;
  hasPush: boolean;
  isApple: boolean;
  isInstalled: boolean;
  permission: NotificationPermission;
}

/** Judges it. @see https://webkit.org/blog/13878/web-push-for-web-apps-on-ios-and-ipados/ */
export function pushSupport(
  { hasKey, hasPush, isApple, isInstalled, permission }: BrowserTraits,
): PushSupport {
  if (!hasKey) return "not_set_up";
  if (!hasPush) return isApple && !isInstalled ? "install_first" : "unsupported";
  return permission === "denied" ? "denied" : "possible";
}

/** Asks this browser. */
export function readTraits(pushKey: string | undefined): BrowserTraits {
  return {
    hasKey: pushKey !== undefined,
    hasPush: "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis,
    // An iPad calls itself a Mac, one that is touched.
    isApple: /iPhone|iPad|iPod/.test(navigator.userAgent) ||
      (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1),
    isInstalled: matchMedia("(display-mode: standalone)").matches,
    permission: "Notification" in globalThis ? Notification.permission : "default",
  };
}
