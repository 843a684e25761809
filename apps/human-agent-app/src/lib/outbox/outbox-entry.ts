import type { HumanMessageRequest } from "@app/contracts/mod.ts";

/** A message that this device has written and the backend has not taken yet. */
export interface OutboxEntry {
  /** The message's id, made here: sending it twice is sending it once. */
  id: string;
  tenantId: string;
  sessionId: string;
  userId: string;
  /** Milliseconds since 1970. */
  writtenAt: number;
  message: HumanMessageRequest["message"];
  /** A file that goes to the tenant's bucket first. */
  file?: Blob;
  bucket: string;
  /** The fence that the writer saw. */
  fence: number;
  /**
   * `waiting`: for a network, or its turn. `review`: something happened in between, so a person decides.
   * `refused`: it may not leave; `reason` says why.
   */
  state: "waiting" | "sending" | "review" | "refused";
  /** Whether a try has failed for want of a network: from then on it leaves only if nothing has happened since. */
  hasWaited: boolean;
  reason?: string;
}

/** What a message says, before it has an id. */
export type Saying = Pick<OutboxEntry["message"], "type" | "content" | "payload">;

/** What came of a try. */
export type SendOutcome = { kind: "taken" } | { kind: "offline" } | { kind: "refused"; reason: string };

/** The entry after a try; null when it is done. Pure, so that every way is tested. */
export function settle(entry: OutboxEntry, outcome: SendOutcome): OutboxEntry | null {
  switch (outcome.kind) {
    case "taken":
      return null;
    case "offline":
      return { ...entry, state: "waiting", hasWaited: true };
    case "refused":
      return {
        ...entry,
        state: outcome.reason === "conversation_moved_on" ? "review" : "refused",
        reason: outcome.reason,
      };
  }
}

/** The next to be tried: the oldest that waits, of conversations in which nothing is on its way. */
export function nextToSend(entries: OutboxEntry[]): OutboxEntry | undefined {
  const busy = new Set(entries.filter((entry) => entry.state === "sending").map((entry) => entry.sessionId));
  return entries.filter((entry) => entry.state === "waiting" && !busy.has(entry.sessionId))
    .sort((one, other) => one.writtenAt - other.writtenAt)[0];
}
