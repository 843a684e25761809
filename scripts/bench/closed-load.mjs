// Sends requests as fast as they are answered over a fixed number of connections (closed load), from a process of its
// own, and prints one JSON object.
//
// usage: node closed-load.mjs <url> <requests.jsonl> <connections> <seconds>

import autocannon from "autocannon";
import { readFileSync } from "node:fs";
import process from "node:process";

const [url, file, connections, seconds] = process.argv.slice(2);
const requests = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
let next = 0;
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  method: "POST",
  timeout: 30,
  requests: [{
    method: "POST",
    setupRequest(request) {
      const { body, headers } = requests[next % requests.length];
      next += 1;
      return { ...request, body, headers };
    },
  }],
});
console.log(JSON.stringify({
  sent: next,
  acknowledged: result["2xx"],
  errors: result.non2xx + result.errors,
  p50_ms: result.latency.p50,
  p99_ms: result.latency.p99,
  max_ms: result.latency.max,
  per_s: Math.round(result["2xx"] / result.duration),
  ran_out: next > requests.length,
}));
