import type { Tenant } from "../ports.ts";
import type { OpenedTurn } from "./opened-turn.ts";
import type { WorkPorts } from "./work-ports.ts";

/** Longer than this, and the answer is there before the dots. */
const timeoutMs = 5_000;

/**
 * Marks the newest message as read and shows that an answer is being written. It goes on beside the turn, is never
 * awaited, and fails nothing.
 *
 * @param afterMs How long to wait first; 0 shows it at once.
 * @returns Ends the wait. What is on its way already is left alone.
 */
export function showTyping(ports: WorkPorts, tenant: Tenant, turn: OpenedTurn, afterMs: number): () => void {
  const newest = turn.pending.at(-1)?.external_id;
  if (!newest) return () => {};
  if (afterMs > 0) return ports.timers.after(afterMs, () => show(ports, tenant, turn.config_id, newest));
  show(ports, tenant, turn.config_id, newest);
  return () => {};
}

function show(ports: WorkPorts, tenant: Tenant, configId: string, externalId: string): void {
  const end = new AbortController();
  const cancel = ports.timers.after(timeoutMs, () => end.abort());
  ports.channels.open(tenant, configId)
    .then((channel) => channel.showTyping(externalId, end.signal))
    .catch(() => {})
    .finally(cancel);
}
