import { useSyncExternalStore } from "react";

/** A word at the edge of the screen about something that was done, and perhaps the way back. */
export interface Toast {
  id: number;
  text: string;
  isError: boolean;
  action?: { label: string; onPress: () => void };
}

/** Long enough to read a line and reach for Undo: WCAG 2.2.1 is met by the deed being reversible elsewhere too. */
const shownMs = 7_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let lastId = 0;

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a toast for 7 s; at most three at once. */
export function showToast(toast: Omit<Toast, "id" | "isError"> & { isError?: boolean }): void {
  const id = ++lastId;
  set([...toasts, { isError: false, ...toast, id }].slice(-3));
  setTimeout(() => dismissToast(id), shownMs);
}

/** Takes a toast away before its time. */
export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** The toasts that are shown now. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => toasts);
}
