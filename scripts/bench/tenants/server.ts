import { readFile } from "node:fs/promises";
import type { Stage } from "../../stage/stage.ts";

/** The size of a stage's database on disk, in megabytes. */
export async function megabytesOf(stage: Stage): Promise<number> {
  const [row] = await stage.database.sql<{ bytes: number }[]>`
    select pg_database_size(current_database())::float8 as bytes`;
  return (row?.bytes ?? 0) / 1024 / 1024;
}

/**
 * The memory of each backend that a client opened after a moment, in megabytes: what is its own (`RssAnon`), so that
 * buffers which all of them share do not count.
 */
export async function backendsSince(stage: Stage, moment: string): Promise<number[]> {
  const backends = await stage.database.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid() and backend_start > ${moment}::timestamptz`;
  const sizes = await Promise.all(backends.map(async ({ pid }) => {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    return Math.round(Number(status.match(/RssAnon:\s+(\d+)/)?.[1] ?? 0) / 1024);
  }));
  return [0, ...sizes];
}
