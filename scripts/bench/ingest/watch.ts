import postgres from "postgres";
import type { Stage } from "../../stage/stage.ts";

/** Stands where the realtime server stands: it gets every notification that a stored message causes. */
export async function listenToRealtime(adminUrl: string) {
  const sql = postgres(adminUrl, { max: 1 });
  let events = 0;
  await sql.listen("realtime_messages", () => {
    events += 1;
  });
  return { count: () => events, stop: () => sql.end({ timeout: 1 }) };
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
