const listeners = new Set<() => void>();

/** The backend refused somebody who may not act for the tenant any more, or said that they were removed. */
export function doubtMembership(): void {
  for (const listener of listeners) listener();
}

/** Hears of such doubts. @returns How to stop. */
export function onMembershipDoubt(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
