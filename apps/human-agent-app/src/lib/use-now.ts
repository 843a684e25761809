import { useMemo, useSyncExternalStore } from "react";

const everyMs = 15_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The day that it is, as the moment when it began: told at midnight. */
export function useToday(): Date {
  const began = useSyncExternalStore(subscribe, () => new Date(now).setHours(0, 0, 0, 0));
  return useMemo(() => new Date(began), [began]);
}

/** The present in milliseconds, for countdowns: one clock for the whole page, told every 15 s. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
