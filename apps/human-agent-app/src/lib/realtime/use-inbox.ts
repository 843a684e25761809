import { useEffect, useEffectEvent } from "react";
import type { ChangeEvent } from "./change-event.ts";
import { onInbox } from "./hub.ts";

/** Does something with each event of the inbox topic, as long as the component lives. */
export function useInbox(handle: (event: ChangeEvent) => void): void {
  const heard = useEffectEvent(handle);
  useEffect(() => onInbox((event) => heard(event)), []);
}
