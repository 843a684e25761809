/** `npm run load -- faults [turns] [restarts]`: provider and models fail in every way; the database stops again and again. */
import { report } from "../../bench/report.ts";
import { runFaults } from "./run-faults.ts";
import { runRestarts } from "./run-restarts.ts";

const [turns = 1_000, restarts = 20] = Deno.args.map(Number);
const faults = await runFaults({ turns, rate: 10, modelTimeoutMs: 10_000, say: console.log });
const database = await runRestarts({ restarts, rate: 80, say: console.log });
report("faults", { ...faults, ...prefixed("database_", database) }, "postgres 17", [
  "witness: the simulator's ledger, in a process of its own",
  "stand-in: a language model on this machine in OpenAI's wire format; every fifth call goes wrong",
  "database_…: the same counts of the second half, in which the database is stopped under 80 messages a second",
]);
const wrong = [faults, database].flatMap((each) => [
  each.lost,
  each.doubled,
  each.misfiled,
  each.blind,
  each.posted_too_often,
]);
const isLate = faults.worst_answer_s > 120 || database.worst_recovery_s > 5;
const isBroken = faults.abandoned > 0 || database.process_deaths > 0;
Deno.exit(wrong.every((count) => count === 0) && !isBroken && !isLate ? 0 : 1);

function prefixed(prefix: string, figures: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [prefix + name, value]));
}
