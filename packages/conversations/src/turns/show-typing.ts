import type { Tenant } from "../ports.ts";
import type { OpenedTurn } from "./opened-turn.ts";
import type { WorkPorts } from "./work-ports.ts";

/** Longer than this, and the answer is there before the dots. */
const timeoutMs = 5_000;

/**
 * Marks the newest message as read and shows that an answer is being written. It goes on beside the turn, is never
 * awaited, and fails nothing.
 */
export function showTyping(ports: WorkPorts, tenant: Tenant, turn: OpenedTurn): void {
  const newest = turn.pending.at(-1)?.external_id;
  if (!newest) return;
  const end = new AbortController();
  const cancel = ports.timers.after(timeoutMs, () => end.abort());
  ports.channels.open(tenant, turn.config_id)
    .then((channel) => channel.showTyping(newest, end.signal))
    .catch(() => {})
    .finally(cancel);
}
