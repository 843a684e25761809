import type { ChangeEvent } from "./change-event.ts";

/** What the inbox topic says, passed on to the parts of the app that show it; a gap is an event named `gap`, the first hearing one named `heard`. */
type Listener = (event: ChangeEvent) => void;

const listeners = new Set<Listener>();

/** Passes an event of the inbox topic on. */
export function tellInbox(event: ChangeEvent): void {
  for (const listener of listeners) listener(event);
}

/** Hears the inbox topic. @returns How to stop. */
export function onInbox(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
