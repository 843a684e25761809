import type { Sql } from "postgres";
import { pause } from "../play/start-product.ts";

/** Nobody waits longer than this for a takeover; the figure says then how bad it is. */
const patienceMs = 180_000;

/**
 * Watches the sessions that a process held when it died, until another one has each of them or its work is gone.
 *
 * @returns How long the last of them took, in milliseconds since the call; 0 if it held none.
 */
export async function watchTakeover(sql: Sql): Promise<number> {
  const startedAt = Date.now();
  const tokens = await sql<{ token: string }[]>`
    select distinct lease_token as token from private.due_work where lease_token is not null`;
  if (tokens.length === 0) return 0;
  const dead = tokens.map(({ token }) => token);
  while (Date.now() - startedAt < patienceMs) {
    const [left] = await sql<{ count: number }[]>`
      select count(*)::int as count from private.due_work where lease_token = any (${dead})`;
    if (left?.count === 0) break;
    await pause(100);
  }
  return Date.now() - startedAt;
}
