import { InvalidInput } from "@app/contracts/mod.ts";
import type { Tenant } from "../ports.ts";
import { createBatcher } from "../turns/create-batcher.ts";
import type { Gate } from "../turns/create-gate.ts";
import type { OutgoingMessage, PostOutcome, WorkPorts } from "../turns/work-ports.ts";
import { databaseSettings } from "../turns/work-settings.ts";
import { claimedDeliveries, type ClaimedDelivery, toOutgoing } from "./claimed-delivery.ts";

/** Sends the messages of one tenant. */
export interface Deliverer {
  /** Claims and sends what sessions have queued; settles when nothing more can be sent now. */
  claim(work: { sessionId: string; leaseToken: string }[]): Promise<void>;
  /** Sends a message that is claimed already, then the ones after it. */
  send(delivery: ClaimedDelivery): Promise<void>;
}

/** Sessions that share a transaction; more would hold their locks longer than it saves. */
const mostTogether = 64;

/** Makes the deliverer of a tenant. Outcomes that come at about the same time share a transaction. */
export function createDeliverer(ports: WorkPorts, tenant: Tenant, gate: Gate): Deliverer {
  const { database, timers } = ports;
  const settings = databaseSettings(ports.settings);
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

  async function send(first: ClaimedDelivery): Promise<void> {
    for (let next: ClaimedDelivery | undefined = first; next;) {
      const outcome = await post(ports, tenant, next);
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
      const claimed = await gate.run("urgent", () =>
        database.callAsTenant(
          tenant,
          (call) => call`engine.claim_deliveries(${call.json(wanted)}, ${call.json(settings)})`,
        ));
      await Promise.all(claimedDeliveries.parse(claimed).map(send));
    },
  };
}

interface Settled {
  message_id: string;
  session_id: string;
  lease_token: string;
  kind: PostOutcome["kind"];
  external_id?: string;
  action?: string;
  retry_after_ms?: number;
  error?: Record<string, unknown>;
}

async function post(ports: WorkPorts, tenant: Tenant, delivery: ClaimedDelivery): Promise<PostOutcome> {
  let message: OutgoingMessage;
  try {
    message = toOutgoing(delivery);
  } catch (error) {
    ports.report("message_unsendable", error, { message_id: delivery.message_id });
    return { kind: "refused", code: 0, action: "give_up", title: "The message cannot be sent as it is" };
  }
  const deadline = new AbortController();
  const cancel = ports.timers.after(ports.settings.sendDeadlineSeconds * 1000, () => deadline.abort());
  try {
    const channel = await ports.channels.open(tenant, delivery.config_id);
    return await channel.send(message, deadline.signal);
  } catch (error) {
    ports.report("message_not_posted", error, { message_id: delivery.message_id });
    return { kind: "refused", code: 0, action: refusalOf(error), title: "The message could not be posted" };
  } finally {
    cancel();
  }
}

/** What is wrong with the message itself stays wrong. */
function refusalOf(error: unknown): "retry" | "give_up" {
  const isForGood = error instanceof InvalidInput;
  return isForGood ? "give_up" : "retry";
}

function settledBy(delivery: ClaimedDelivery, outcome: PostOutcome): Settled {
  const { message_id, session_id, lease_token } = delivery;
  const settled = { message_id, session_id, lease_token, kind: outcome.kind };
  switch (outcome.kind) {
    case "accepted":
      return { ...settled, external_id: outcome.externalId };
    case "refused":
      return {
        ...settled,
        action: outcome.action,
        ...(outcome.retryAfterMs !== undefined && { retry_after_ms: Math.round(outcome.retryAfterMs) }),
        error: { code: outcome.code, title: outcome.title },
      };
    case "unknown":
      return settled;
  }
}
