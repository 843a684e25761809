import type { Sql } from "postgres";
import { type Stage, startStage } from "../../testing/stage.ts";
import type { StagedTenant } from "../../testing/staged-tenant.ts";

/** A stage on which every policy has a row that it lets somebody touch, and tenant a has words that only a may know. */
export async function startWalls(): Promise<Stage> {
  const stage = await startStage();
  for (const tenant of [stage.a, stage.b]) {
    await addQueuedMessage(stage.sql, tenant);
    await addFile(stage.sql, tenant);
  }
  return stage;
}

/** People may cancel what is queued, so something has to be. */
async function addQueuedMessage(sql: Sql, tenant: StagedTenant): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select set_config('search_path', ${tenant.schemaName}, true)`;
    await transaction`
      insert into messages (session_id, config_id, direction, sender_type, type, content, status)
      values (${tenant.sessionId}, ${tenant.configId}, 'outbound', 'bot', 'text', ${`canary of ${tenant.slug}`}, 'queued')`;
    await transaction`update contacts set name = ${`canary name of ${tenant.slug}`}`;
    await transaction`
      update sessions set summary = ${`canary summary of ${tenant.slug}`},
        last_message_preview = ${`canary preview of ${tenant.slug}`}`;
  });
}

/** Storage keeps a row for each file; the stage has no files behind them. */
async function addFile(sql: Sql, tenant: StagedTenant): Promise<void> {
  const bucket = `client-${tenant.slug}`;
  await sql`insert into storage.buckets (id, name) values (${bucket}, ${bucket}) on conflict do nothing`;
  await sql`insert into storage.objects (bucket_id, name) values (${bucket}, 'canary.txt')`;
}
