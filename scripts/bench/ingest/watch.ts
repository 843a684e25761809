import { followMessages } from "@app/local-supabase/testing.ts";
import postgres from "postgres";
import type { Stage } from "../../stage/stage.ts";

/** Follows what the database sends, as the realtime server does: every event of every stored message arrives here. */
export async function followRealtime(adminUrl: string) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  let events = 0;
  const unfollow = await followMessages(adminUrl, sql, {
    onMessage: () => {
      events += 1;
    },
    onError: (error) => {
      throw error;
    },
  });
  return {
    count: () => events,
    async stop() {
      await unfollow();
      await sql.end({ timeout: 1 });
    },
  };
}

/** How many inbound messages the tenants have, all together. */
export async function countMessages(stage: Stage): Promise<number> {
  const sql = postgres(stage.database.adminUrl, { max: 1 });
  let count = 0;
  for (const { schemaName } of stage.tenants) {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('search_path', ${schemaName}, true)`;
      const [row] = await transaction<{ count: number }[]>`
        select count(*)::int as count from messages where direction = 'inbound'`;
      count += row?.count ?? 0;
    });
  }
  await sql.end();
  return count;
}
