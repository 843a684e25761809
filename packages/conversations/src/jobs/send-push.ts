import { InvalidInput, type PushNotice, pushNotice } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Database } from "../ports.ts";
import { defineJob, type Job } from "./job.ts";

/** Sends a notification to one browser. */
export interface PushSender {
  /**
   * @returns `accepted`; `gone` for a device that is no more; otherwise why the service refuses it for good.
   * @throws {Unavailable} When trying again later makes sense.
   */
  send(
    target: { endpoint: string; p256dh: string; auth: string },
    text: string,
    travel: { ttlSeconds: number; urgency: "low" | "normal" | "high"; topic?: string },
    signal: AbortSignal,
  ): Promise<string>;
}

/** What the job needs. */
export interface SendPushPorts {
  database: Database;
  /** Absent where the deployment has no keys for it. */
  push: PushSender | undefined;
  /** Tells operations what push services refuse. */
  report(event: string, error: unknown, fields?: Record<string, string | number>): void;
}

const payload = z.object({ subscription_id: z.uuid(), alert_id: z.uuid().optional(), notice: pushNotice });
const foundTarget = z.object({
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  language: z.enum(["es", "en", "pt"]),
}).nullable();

/** A device that was off for longer finds in the app what is still to be done. */
const ttlSeconds = 30 * 60;

/**
 * Tells one device. A device that is gone is forgotten, one that the service refuses is reported, and what can pass is
 * thrown, so that the job runs again. What came of it is kept with the alert.
 */
export function sendPush({ database, push, report }: SendPushPorts): Job {
  return defineJob(
    "send_push",
    payload,
    async ({ subscription_id: id, alert_id, notice }, { tenant, signal }) => {
      if (!tenant) throw new InvalidInput(`Cannot tell device "${id}": the job is of no tenant`);
      const target = foundTarget.parse(
        await database.callAsTenant(tenant, (call) => call`engine.find_push_target(${id}::uuid)`),
      );
      if (!target) return;
      const { language, ...browser } = target;
      const outcome = push
        ? await push.send(browser, JSON.stringify({ ...notice, language }), travelOf(notice), signal)
        : "not_set_up";
      if (outcome === "gone") {
        await database.callAsTenant(tenant, (call) => call`engine.drop_push_target(${id}::uuid)`);
      } else if (outcome !== "accepted") {
        report("push_refused", new Error(outcome), { outcome, host: new URL(target.endpoint).hostname });
      }
      if (alert_id) {
        await database.callAsTenant(
          tenant,
          (call) => call`engine.settle_push(${alert_id}::uuid, ${outcome}::text)`,
        );
      }
    },
  );
}

/** A newer notice about a conversation takes the place of one that still waits; 32 characters name a conversation. */
function travelOf(notice: PushNotice) {
  if (notice.kind === "trial") return { ttlSeconds: 60, urgency: "high" as const };
  const urgency = notice.kind === "handed_back" ? "normal" as const : "high" as const;
  return { ttlSeconds, urgency, topic: notice.session_id.replaceAll("-", "") };
}
