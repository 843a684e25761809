/**
 * `npm run bench -- inbox [conversations]`: how long an agent waits for the queue, a search and a conversation, among
 * 50,000 conversations of 20 messages. Each call is a transaction of its own as that agent, with policies on, as the
 * REST layer makes it; the times are those of a client beside the database.
 */
import postgres from "postgres";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { type Figures, percentile, report } from "../report.ts";
import { inboxCalls } from "./calls.ts";
import { fillInbox } from "./fill-inbox.ts";

const conversations = Number(Deno.args[0] ?? 50_000);
const calls = 400;

console.log(
  `setting the stage: ${conversations} conversations, ${conversations * 20} messages, PostgreSQL 17`,
);
const database = await startTestDatabase({ settings: ["shared_buffers = 512MB", "max_wal_size = 4GB"] });
const sql = postgres(database.url, { max: 1, onnotice: () => {} });
try {
  const inbox = await fillInbox(database, conversations);
  const claims = JSON.stringify({ sub: inbox.agentId, role: "authenticated" });
  const figures: Figures = {};
  for (const call of inboxCalls) {
    const times: number[] = [];
    for (let turn = 0; turn < calls; turn++) {
      const startedAt = performance.now();
      await sql.begin(async (transaction) => {
        await transaction`
          select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
        await Promise.all(call.run(transaction, inbox, turn));
      });
      times.push(performance.now() - startedAt);
    }
    figures[`${call.name}_p50_ms`] = percentile(times, 0.5);
    figures[`${call.name}_p95_ms`] = percentile(times, 0.95);
  }
  report("inbox", figures, "postgres 17", [
    `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
  ]);
} finally {
  await sql.end();
  await database.stop();
}
