/**
 * `npm run bench -- rls [conversations]`: what row level security costs where people wait: the same function of `api` is
 * called as a member, whom policies hold back, and as a role that they do not, in turn, in one backend. About two minutes.
 */
import postgres from "postgres";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { type Figures, report } from "../report.ts";
import { fillInbox } from "../inbox/fill-inbox.ts";
import { addNeighbours } from "./add-neighbours.ts";
import { defineMeasure, measure } from "./measure.ts";
import { queries } from "./queries.ts";

const conversations = Number(Deno.args[0] ?? 20_000);

console.log(
  `setting the stage: a tenant with ${conversations} conversations among 20 tenants, PostgreSQL 17`,
);
const database = await startTestDatabase({ settings: ["shared_buffers = 512MB", "max_wal_size = 4GB"] });
const sql = postgres(database.url, { max: 1, onnotice: () => {} });
try {
  await addNeighbours(database.sql, 19);
  const inbox = await fillInbox(database, conversations);
  await defineMeasure(sql);
  const figures: Figures = {};
  for (const query of queries) {
    const times = await measure(sql, inbox.agentId, query.statement(inbox));
    figures[`${query.name}_ms`] = times.withPolicies;
    figures[`${query.name}_bare_ms`] = times.without;
    figures[`${query.name}_pct`] = Math.round((times.withPolicies / times.without - 1) * 1000) / 10;
    console.log(`  ${query.name}: ${times.withPolicies} ms, without policies ${times.without} ms`);
  }
  report("rls", figures, "postgres 17", [
    `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
  ]);
} finally {
  await sql.end();
  await database.stop();
}
