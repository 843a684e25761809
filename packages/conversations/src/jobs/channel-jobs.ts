import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";
import { defineJob, type Job } from "./job.ts";

/** What the jobs need. */
export interface ChannelJobPorts {
  database: Database;
  /** Has due work looked at in time; returns at once. */
  wakeAt(dueAt: Date): void;
}

const released = z.object({ next_due_at: z.coerce.date().nullish() });

/**
 * What is planned for later in a conversation: edits and reactions that came before their message, the end of the
 * owner's hold, and what was promised to a customer.
 * Each looks at the tables again, so that a job which is late, early or repeated does no harm.
 */
export function channelJobs({ database, wakeAt }: ChannelJobPorts): Job[] {
  return [
    defineJob("apply_waiting_changes", z.object({}), async (_payload, { tenant }) => {
      await database.callAsTenant(ownerOf(tenant), (call) => call`engine.apply_waiting_changes()`);
    }),
    defineJob("release_session", z.object({ session_id: z.uuid() }), async ({ session_id }, { tenant }) => {
      const result = await database.callAsTenant(
        ownerOf(tenant),
        (call) => call`engine.release_session(${session_id})`,
      );
      const { next_due_at } = released.parse(result);
      if (next_due_at) wakeAt(next_due_at);
    }),
    defineJob("keep_promise", z.object({ promise_id: z.uuid() }), async ({ promise_id }, { tenant }) => {
      const result = await database.callAsTenant(
        ownerOf(tenant),
        (call) => call`engine.keep_promise(${promise_id})`,
      );
      const { next_due_at } = released.parse(result);
      if (next_due_at) wakeAt(next_due_at);
    }),
  ];
}

function ownerOf(tenant: Tenant | undefined): Tenant {
  if (tenant === undefined) throw new Error("Cannot run job: it names no tenant");
  return tenant;
}
