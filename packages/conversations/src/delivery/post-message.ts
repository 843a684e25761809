import { InvalidInput, type RefusalAction } from "@app/contracts/mod.ts";
import type { Tenant } from "../ports.ts";
import type { PostOutcome, WorkPorts } from "../turns/work-ports.ts";
import { databaseSettings } from "../turns/work-settings.ts";
import { type ClaimedDelivery, toOutgoing } from "./claimed-delivery.ts";
import { FileMissing, uploadFiles } from "./upload-files.ts";

/** Nothing was posted, and why, in words for people. */
export interface Prevented {
  kind: "prevented";
  action: Extract<RefusalAction, "retry" | "give_up">;
  reason: "cannot_be_sent" | "file_missing" | "not_posted" | "too_late";
  title: string;
  /** What is wrong, which limit it breaks, and what is allowed; never the text itself. */
  details?: string;
}

/**
 * POSTs a claimed message once, unless something prevents it. A worker that was held up asks the database first whether
 * the message is still its own.
 *
 * @param claimedMs When the claim was asked for.
 */
export async function postMessage(
  ports: WorkPorts,
  tenant: Tenant,
  delivery: ClaimedDelivery,
  claimedMs: number,
): Promise<PostOutcome | Prevented> {
  const deadlineMs = ports.settings.sendDeadlineSeconds * 1000;
  const { message_id, config_id: configId } = delivery;
  try {
    const message = toOutgoing(delivery);
    const channel = await ports.channels.open(tenant, configId);
    const content = await withDeadline(
      ports,
      deadlineMs,
      (signal) => uploadFiles(message.content, { ...ports, tenant, configId, channel }, signal),
    );
    // What took long may have taken longer than the lease; a process that was stopped and goes on knows of nothing.
    if (!await isStillOurs(ports, tenant, delivery, claimedMs)) return tooLate;
    return await withDeadline(ports, deadlineMs, (signal) => channel.send({ ...message, content }, signal));
  } catch (error) {
    ports.report("message_not_posted", error, { message_id });
    return preventedBy(error);
  }
}

const tooLate: Prevented = {
  kind: "prevented",
  action: "retry",
  reason: "too_late",
  title: "The worker was held up and did not post it",
};

async function isStillOurs(
  { database, timers, settings, rates }: WorkPorts,
  tenant: Tenant,
  { message_id, lease_token }: ClaimedDelivery,
  claimedMs: number,
): Promise<boolean> {
  // A message is leased for four thirds of the deadline, so that a POST that starts within one third ends within it.
  const freshMs = settings.sendDeadlineSeconds * 1000 / 3;
  for (let sinceMs = claimedMs;;) {
    const heldMs = timers.now() - sinceMs;
    if (heldMs >= 0 && heldMs < freshMs) return true;
    sinceMs = timers.now();
    const told = databaseSettings(settings, rates);
    const isOurs = await database.callAsTenant(
      tenant,
      (call) => call`engine.keep_delivery(${message_id}::uuid, ${lease_token}::uuid, ${call.json(told)})`,
    );
    if (isOurs !== true) return false;
  }
}

async function withDeadline<T>(
  { timers }: WorkPorts,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const cancel = timers.after(deadlineMs, () => deadline.abort());
  try {
    return await work(deadline.signal);
  } finally {
    cancel();
  }
}

/** What is wrong with the message itself stays wrong. */
function preventedBy(error: unknown): Prevented {
  if (error instanceof InvalidInput) {
    return {
      kind: "prevented",
      action: "give_up",
      reason: "cannot_be_sent",
      title: "The channel does not take this message: change it and send it again",
      details: error.message,
    };
  }
  if (error instanceof FileMissing) {
    return {
      kind: "prevented",
      action: "give_up",
      reason: "file_missing",
      title: "Its file is not there any more",
    };
  }
  return {
    kind: "prevented",
    action: "retry",
    reason: "not_posted",
    title: "The message could not be posted",
  };
}
