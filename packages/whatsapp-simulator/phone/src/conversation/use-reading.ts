import { useEffect, useSyncExternalStore } from "react";
import type { PhoneChat } from "../state/phone-model.ts";

/** Tells the simulator that the chat was read, once it is in view and has something unread. */
export function useReading(chat: PhoneChat | undefined, read: (chat: PhoneChat) => void): void {
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");
  const unread = chat?.unread ?? 0;
  useEffect(() => {
    if (chat && isVisible && unread > 0) read(chat);
    // Each new message counts up `unread`; nothing else has to be told again.
  }, [isVisible, unread]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
