const listeners = new Set<() => void>();

/** Something small that somebody asked for could not be fetched; it has no room to say so itself. */
export function tellPartIsMissing(): void {
  for (const listener of listeners) listener();
}

/** Hears of such parts, to tell people. @returns How to stop. */
export function onPartMissing(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
