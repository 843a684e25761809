/** `npm run load -- kill [kills]`: SIGKILL at random moments while customers write. */
import { report } from "../../bench/report.ts";
import { runKill } from "./run-kill.ts";

const kills = Number(Deno.args[0] ?? 200);
const result = await runKill({ kills, customers: 600, rate: 20, leaseSeconds: 2, say: console.log });
report("kill", { ...result }, "postgres 17", ["witness: the simulator's ledger, in a process of its own"]);
Deno.exit(result.lost + result.unanswered + result.doubled + result.misfiled === 0 ? 0 : 1);
