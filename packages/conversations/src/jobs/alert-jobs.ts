import { InvalidInput } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Database } from "../ports.ts";
import { defineJob, type Job } from "./job.ts";

const rung = z.object({
  escalation_id: z.uuid(),
  round: z.int(),
  rung: z.enum(["agent", "next", "owner", "again"]),
});

/**
 * Tells people that one of them is wanted, rung by rung until somebody acknowledges it, and once more before a request is
 * late. Who is told and when is decided in SQL, which plans the next rung and the notifications.
 */
export function alertJobs({ database }: { database: Database }): Job[] {
  return [
    defineJob("alert_people", rung, async ({ escalation_id, round, rung }, { tenant }) => {
      if (!tenant) {
        throw new InvalidInput(`Cannot tell of request "${escalation_id}": the job is of no tenant`);
      }
      await database.callAsTenant(
        tenant,
        (call) => call`engine.alert_people(${escalation_id}::uuid, ${round}::integer, ${rung}::text)`,
      );
    }),
    defineJob(
      "alert_due_soon",
      z.object({ escalation_id: z.uuid() }),
      async ({ escalation_id }, { tenant }) => {
        if (!tenant) {
          throw new InvalidInput(
            `Cannot tell of request "${escalation_id}": the job is of no tenant`,
          );
        }
        await database.callAsTenant(tenant, (call) => call`engine.alert_due_soon(${escalation_id}::uuid)`);
      },
    ),
  ];
}
