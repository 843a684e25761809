import type { Refusal } from "@app/contracts/mod.ts";
import type { Tenant } from "../ports.ts";
import { createBatcher } from "../turns/create-batcher.ts";
import type { Gate } from "../turns/create-gate.ts";
import type { PostOutcome, WorkPorts } from "../turns/work-ports.ts";
import { databaseSettings } from "../turns/work-settings.ts";
import { claimedDeliveries, type ClaimedDelivery } from "./claimed-delivery.ts";
import { postMessage, type Prevented } from "./post-message.ts";

/** Sends the messages of one tenant. */
export interface Deliverer {
  /** Claims and sends what sessions have queued; settles when nothing more can be sent now. */
  claim(work: { sessionId: string; leaseToken: string }[]): Promise<void>;
  /**
   * Sends a message that is claimed already, then the ones after it.
   *
   * @param claimedMs When the claim was asked for, by the timers' clock.
   */
  send(delivery: ClaimedDelivery, claimedMs: number): Promise<void>;
}

/** Sessions that share a transaction; more would hold their locks longer than it saves. */
const mostTogether = 64;

/** Makes the deliverer of a tenant. Outcomes that come at about the same time share a transaction. */
export function createDeliverer(ports: WorkPorts, tenant: Tenant, gate: Gate): Deliverer {
  const { database, timers } = ports;
  const settings = databaseSettings(ports.settings, ports.rates);
  const batcher = createBatcher(
    (start) => timers.after(0, start),
    mostTogether,
    settle,
    (flush) => gate.run("urgent", flush),
  );

  async function settle(outcomes: Settled[]): Promise<(ClaimedDelivery | undefined)[]> {
    const next = claimedDeliveries.parse(
      await database.callAsTenant(
        tenant,
        (call) => call`engine.settle_deliveries(${call.json(outcomes)}, ${call.json(settings)})`,
      ),
    );
    return outcomes.map(({ session_id }) => next.find((one) => one.session_id === session_id));
  }

  async function send(first: ClaimedDelivery, firstClaimedMs: number): Promise<void> {
    let claimedMs = firstClaimedMs;
    for (let next: ClaimedDelivery | undefined = first; next;) {
      const { wait_ms } = next;
      if (wait_ms > 0) await new Promise<void>((resolve) => void timers.after(wait_ms, resolve));
      const startedMs = timers.now();
      const outcome = await postMessage(ports, tenant, next, claimedMs);
      ports.note?.("send", {
        tenant: tenant.id,
        session: next.session_id,
        message: next.message_id,
        attempts: next.attempts,
        outcome: outcome.kind,
        ...(outcome.kind === "refused" && { code: outcome.code }),
        ms: timers.now() - startedMs,
      });
      claimedMs = timers.now();
      next = await batcher.add(settledBy(next, outcome));
    }
  }

  return {
    send,
    async claim(work) {
      const wanted = work.map(({ sessionId, leaseToken }) => ({
        session_id: sessionId,
        lease_token: leaseToken,
      }));
      const claimedMs = timers.now();
      const claimed = await gate.run("urgent", () =>
        database.callAsTenant(
          tenant,
          (call) => call`engine.claim_deliveries(${call.json(wanted)}, ${call.json(settings)})`,
        ));
      await Promise.all(claimedDeliveries.parse(claimed).map((delivery) => send(delivery, claimedMs)));
    },
  };
}

/** An outcome as `engine.settle_deliveries` reads it. */
interface Settled {
  message_id: string;
  session_id: string;
  lease_token: string;
  kind: PostOutcome["kind"];
  external_id?: string;
  action?: string;
  retry_after_ms?: number;
  effect?: string;
  hold_ms?: number;
  alert?: string;
  error?: Record<string, unknown>;
}

function settledBy(delivery: ClaimedDelivery, outcome: PostOutcome | Prevented): Settled {
  const { message_id, session_id, lease_token } = delivery;
  const settled = { message_id, session_id, lease_token };
  switch (outcome.kind) {
    case "accepted":
      return { ...settled, kind: "accepted", external_id: outcome.externalId };
    case "refused": {
      const { code, title } = outcome;
      return { ...settled, kind: "refused", ...meaningOf(outcome), error: { code, title } };
    }
    case "prevented": {
      const { kind: _kind, action, ...error } = outcome;
      return { ...settled, kind: "refused", action, error };
    }
    case "unknown":
      return { ...settled, kind: "unknown" };
  }
}

function meaningOf({ action, retryAfterMs, effect, holdMs, alert }: Refusal) {
  return {
    action,
    ...(retryAfterMs !== undefined && { retry_after_ms: Math.round(retryAfterMs) }),
    ...(effect !== undefined && { effect }),
    ...(holdMs !== undefined && { hold_ms: Math.round(holdMs) }),
    ...(alert !== undefined && { alert }),
  };
}
