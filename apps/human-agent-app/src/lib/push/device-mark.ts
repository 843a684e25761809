/** Remembers in this browser that a person switched notifications on, for one tenant. */
const nameOf = (tenantId: string, userId: string) => `push:${tenantId}:${userId}`;

/** Whether they did. */
export function isMarked(tenantId: string, userId: string): boolean {
  return localStorage.getItem(nameOf(tenantId, userId)) !== null;
}

/** Remembers it, or forgets it. */
export function mark(tenantId: string, userId: string, isOn: boolean): void {
  if (isOn) localStorage.setItem(nameOf(tenantId, userId), "on");
  else localStorage.removeItem(nameOf(tenantId, userId));
}
