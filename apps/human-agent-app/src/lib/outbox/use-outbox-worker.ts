import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { type Desk, useDesk } from "../desk.ts";
import { keys } from "../keys.ts";
import { onInbox } from "../realtime/hub.ts";
import { nextToSend, settle } from "./outbox-entry.ts";
import { dropEntry, keepEntry, readOutbox } from "./outbox-store.ts";
import { sendEntry } from "./send-entry.ts";

const knocks = new Set<() => void>();

/** Something was put into the outbox. */
export function knock(): void {
  for (const each of knocks) each();
}

/** A server that does not answer is asked again after a while, also if the device thinks it has a network. */
const againMs = 15_000;

/**
 * Sends what waits on this device: when something is written, when the network is back, when realtime is heard again. One
 * tab at a time does it.
 */
export function useOutboxWorker(): void {
  const desk = useDesk();
  const client = useQueryClient();
  const work = useEffectEvent(() =>
    navigator.locks.request("outbox", async () => {
      for (const id of await drain(desk)) {
        void client.invalidateQueries({ queryKey: keys.messages(desk.tenant.id, id) });
      }
    })
  );
  useEffect(() => {
    const start = () => void work();
    const timer = setInterval(start, againMs);
    const stop = onInbox((event) => event.name === "gap" && start());
    knocks.add(start);
    addEventListener("online", start);
    // What waits here is shown also while none of it can leave.
    void readOutbox();
    start();
    return () => {
      clearInterval(timer);
      stop();
      knocks.delete(start);
      removeEventListener("online", start);
    };
  }, []);
}

/** Tries everything that waits, in order; stops where there is no network. @returns Conversations that got something. */
async function drain(desk: Desk): Promise<Set<string>> {
  const reached = new Set<string>();
  if (!navigator.onLine) return reached;
  const isOurs = (entry: { userId: string; tenantId: string }) =>
    entry.userId === desk.userId && entry.tenantId === desk.tenant.id;
  // With the lock held nobody else sends: what a closed tab left as `sending` waits again.
  for (const entry of await readOutbox()) {
    if (isOurs(entry) && entry.state === "sending") {
      await keepEntry({ ...entry, state: "waiting", hasWaited: true });
    }
  }
  for (;;) {
    const next = nextToSend((await readOutbox()).filter(isOurs));
    if (!next) return reached;
    await keepEntry({ ...next, state: "sending" });
    const outcome = await sendEntry(desk, next);
    const settled = settle(next, outcome);
    if (settled) await keepEntry(settled);
    else {
      await dropEntry(next.id);
      reached.add(next.sessionId);
    }
    if (outcome.kind === "offline") return reached;
  }
}
