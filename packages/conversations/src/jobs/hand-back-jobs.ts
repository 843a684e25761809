import { InvalidInput } from "@app/contracts/mod.ts";
import { findPromises, parseMachine, type PromiseProposal, proposeHandBack } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";
import { defineJob, type Job } from "./job.ts";

/** What the jobs need. */
export interface HandBackJobPorts {
  database: Database;
  /** Has due work looked at in time; returns at once. */
  wakeAt(dueAt: Date): void;
}

const tenants = z.array(z.object({ id: z.uuid(), schemaName: z.string() }));
const sessionIds = z.array(z.uuid());
const handedBack = z.object({ next_due_at: z.coerce.date().nullish() });

/** As `private.describe_stretch` tells it. */
const stretch = z.object({
  now: z.string(),
  time_zone: z.string(),
  state: z.string().nullable(),
  variables: z.record(z.string(), z.unknown()),
  machine: z.unknown(),
  messages: z.array(z.object({
    id: z.string(),
    seq: z.number(),
    from: z.enum(["contact", "bot", "agent", "system"]),
    type: z.string(),
    content: z.string(),
    at: z.string(),
  })),
}).nullable();

/**
 * Gives conversations back to the bot whose person has been silent for as long as the tenant says, and keeps what people
 * promised in conversations that they resolve. Nobody is there to confirm what the rules read, so the state is left as it
 * was: promises, values in so many words, and the person's last words are all that is taken over.
 */
export function handBackJobs({ database, wakeAt }: HandBackJobPorts): Job[] {
  return [
    defineJob("hand_back_silent", z.object({}), async (_payload, { signal }) => {
      for (const tenant of await tenantsThatHandBack(database)) {
        const ids = sessionIds.parse(
          await database.callAsTenant(tenant, (call) => call`engine.find_silent_sessions()`),
        );
        for (const id of ids) {
          signal.throwIfAborted();
          const { fields, promises, note } = await readStretch(database, tenant, id);
          const contract = { fields, promises: promises.map(toRow) };
          const result = await database.callAsTenant(
            tenant,
            (call) => call`engine.hand_back_silent(${id}::uuid, ${call.json(contract)}, ${note}::text)`,
          );
          const { next_due_at } = handedBack.parse(result);
          if (next_due_at) wakeAt(next_due_at);
        }
      }
    }),
    defineJob("keep_word", z.object({ session_id: z.uuid() }), async ({ session_id: id }, { tenant }) => {
      if (!tenant) {
        throw new InvalidInput(`Cannot keep what was promised in "${id}": the job is of no tenant`);
      }
      const { promises } = await readStretch(database, tenant, id);
      if (promises.length === 0) return;
      const rows = promises.map(toRow);
      await database.callAsTenant(
        tenant,
        (call) => call`engine.keep_word(${id}::uuid, ${call.json(rows)})`,
      );
    }),
  ];
}

interface Heard {
  fields: Record<string, unknown>;
  promises: PromiseProposal[];
  note: string;
}

/** What a person learned, promised and said last; promises alone where no machine has led the conversation. */
async function readStretch(database: Database, tenant: Tenant, sessionId: string): Promise<Heard> {
  const found = stretch.parse(
    await database.callAsTenant(
      tenant,
      (call) => call`private.describe_stretch(${tenant.id}::uuid, ${sessionId}::uuid)`,
    ),
  );
  if (!found) return { fields: {}, promises: [], note: "" };
  const { now, time_zone: timeZone, state, variables, messages, machine } = found;
  if (machine === null) return { fields: {}, promises: findPromises(messages, now, timeZone), note: "" };
  return proposeHandBack({ now, timeZone, state, variables, messages, machine: parseMachine(machine) });
}

function toRow({ text, doer, dueAt }: PromiseProposal) {
  return { content: text, doer, due_at: dueAt };
}

async function tenantsThatHandBack(database: Database): Promise<Tenant[]> {
  const rows = await database.withRouter((sql) =>
    sql`select t.id, t.schema_name as "schemaName" from private.tenants_that_hand_back() t`
  );
  return tenants.parse([...rows]);
}
