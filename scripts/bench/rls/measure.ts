import type { Sql } from "postgres";
import { percentile } from "../report.ts";

const blocks = 12;
const callsInBlock = 40;

/** Median times of one call, in milliseconds. */
export interface Times {
  withPolicies: number;
  without: number;
}

/** Times calls inside the server, so that no network and no client is in the figures; the first of a block plan anew. */
export async function defineMeasure(sql: Sql): Promise<void> {
  await sql`
    create function pg_temp.measure(p_statement text, p_role text, p_calls integer) returns float8[]
    language plpgsql as $$
    declare
      v_times float8[] := '{}';
      v_from timestamptz;
    begin
      perform set_config('role', p_role, true);
      for n in 1..p_calls loop
        v_from := clock_timestamp();
        execute p_statement;
        v_times := v_times || extract(epoch from clock_timestamp() - v_from)::float8 * 1e6;
      end loop;
      perform set_config('role', 'none', true);
      return v_times[6:];
    end
    $$`;
}

/** Calls as a member and as the owner of the tables, whom policies do not hold back, in turn. */
export async function measure(sql: Sql, agentId: string, statement: string): Promise<Times> {
  // In microseconds: some of these calls take a tenth of a millisecond.
  const times = { authenticated: [] as number[], postgres: [] as number[] };
  const claims = JSON.stringify({ sub: agentId, role: "authenticated" });
  for (let block = 0; block < blocks; block++) {
    for (const role of ["authenticated", "postgres"] as const) {
      await sql.begin(async (transaction) => {
        await transaction`select set_config('request.jwt.claims', ${claims}, true)`;
        const [row] = await transaction<{ times: number[] }[]>`
          select pg_temp.measure(${statement}, ${role}, ${callsInBlock}) as times`;
        times[role].push(...row?.times ?? []);
      });
    }
  }
  const medianMs = (microseconds: number[]) => Math.round(percentile(microseconds, 0.5)) / 1000;
  return { withPolicies: medianMs(times.authenticated), without: medianMs(times.postgres) };
}
