/** `npm run load -- burst [sessions] [rounds]`: bursts of five, each webhook five times and reordered, 50 at once. */
import { report } from "../../bench/report.ts";
import { runBurst } from "./run-burst.ts";

const [sessions = 1_000, rounds = 1] = Deno.args.map(Number);
const result = await runBurst({
  sessions,
  rounds,
  messages: 5,
  copies: 5,
  connections: 50,
  tenants: 10,
  debounce: { ms: 4_000, maxMs: 20_000 },
  say: console.log,
});
report("burst", { ...result }, "postgres 17", [
  "witness: the simulator's ledger, in a process of its own; replies say what their model has read",
  "stand-in: a language model on this machine that answers at once in OpenAI's wire format",
]);
const wrong = result.lost + result.unanswered + result.doubled + result.doubled_without_status +
  result.misfiled + result.split + result.blind + result.out_of_order + result.strayed;
Deno.exit(wrong === 0 ? 0 : 1);
