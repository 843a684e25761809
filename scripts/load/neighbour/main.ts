/** `npm run load -- neighbour [messages a second] [seconds]`: what a tenant feels when its neighbour gets ten times as loud. */
import { report } from "../../bench/report.ts";
import { runNeighbour } from "./run-neighbour.ts";

const [rate = 4, seconds = 60] = Deno.args.map(Number);
const result = await runNeighbour({ rate, times: 10, seconds, say: console.log });
report("neighbour", { ...result }, "postgres 17", [
  "customers, provider, model and product share the cores: the loud half loads all of them",
]);
Deno.exit(result.lost + result.unanswered + result.doubled + result.misfiled + result.blind === 0 ? 0 : 1);
