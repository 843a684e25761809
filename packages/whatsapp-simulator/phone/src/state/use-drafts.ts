import { useSyncExternalStore } from "react";

const PREFIX = "phone-draft:";
const listeners = new Set<() => void>();

/** What was begun in a chat and not sent; it outlives reloads and lost connections. */
export function useDraft(chat: string): string {
  return useSyncExternalStore(listen, () => localStorage.getItem(PREFIX + chat) ?? "");
}

/** Keeps what was begun in a chat; `""` forgets it. */
export function keepDraft(chat: string, text: string): void {
  if (text === "") localStorage.removeItem(PREFIX + chat);
  else localStorage.setItem(PREFIX + chat, text);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
