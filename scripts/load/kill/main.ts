/**
 * `npm run load -- kill [kills] [lease seconds] [freezes]`: SIGKILL at random moments while customers write. With fewer
 * than ten kills and the product's lease of 50 s it shows how long a real takeover takes.
 */
import { report } from "../../bench/report.ts";
import { sweepMs } from "../play/start-product.ts";
import { runKill } from "./run-kill.ts";

const [kills = 200, leaseSeconds = 2, freezes = 3] = Deno.args.map(Number);
const silentKills = Math.floor(kills / 5);
const result = await runKill({
  kills,
  // Long enough on average for a turn with its delivery, short enough to fall into the middle of many.
  longestLifeMs: 5_000,
  silentKills,
  freezes,
  customers: 100,
  rate: 20,
  leaseSeconds,
  say: console.log,
});
report("kill", { lease_s: leaseSeconds, ...result }, "postgres 17", [
  "witness: the simulator's ledger, in a process of its own",
  "stand-in: a language model on this machine that answers after 300 ms in OpenAI's wire format",
  `during the last ${silentKills} kills the provider gives no statuses and leaves out a fifth of its answers`,
]);
const isLate = result.worst_takeover_s > leaseSeconds + sweepMs / 1000 + 5;
const wrong = result.lost + result.unanswered + result.doubled + result.misfiled + result.blind +
  result.posted_too_often + result.unexplained_model_calls;
// Kills that met nobody at work would prove nothing.
const isIdle = result.turns < kills;
Deno.exit(wrong === 0 && !isLate && !isIdle ? 0 : 1);
