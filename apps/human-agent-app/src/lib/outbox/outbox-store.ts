import { createStore, del, set, values } from "idb-keyval";
import { useSyncExternalStore } from "react";
import type { OutboxEntry } from "./outbox-entry.ts";

const store = createStore("outbox", "messages");
const listeners = new Set<() => void>();
const channel = new BroadcastChannel("outbox");
let entries: OutboxEntry[] = [];

channel.onmessage = () => void readOutbox();

function show(next: OutboxEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

/** Reads what this device has kept, also what another tab has written. */
export async function readOutbox(): Promise<OutboxEntry[]> {
  show((await values<OutboxEntry>(store)).sort((one, other) => one.writtenAt - other.writtenAt));
  return entries;
}

/** Keeps an entry, new or changed. Resolves when it would outlive a crash. */
export async function keepEntry(entry: OutboxEntry): Promise<void> {
  show(
    [...entries.filter((each) => each.id !== entry.id), entry].sort((one, other) =>
      one.writtenAt - other.writtenAt
    ),
  );
  await set(entry.id, entry, store);
  channel.postMessage(entry.id);
}

/** Forgets an entry: it was taken, or given up by a person. */
export async function dropEntry(id: string): Promise<void> {
  show(entries.filter((each) => each.id !== id));
  await del(id, store);
  channel.postMessage(id);
}

/** Everything that waits on this device. */
export function useOutbox(): OutboxEntry[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => entries);
}
