// Sends requests at a fixed rate whether or not answers come (open load), from a process of its own, and prints one
// JSON object. Latency counts from the moment a request was due, so a stalled server cannot hide its queue.
//
// usage: node open-load.mjs <url> <requests.jsonl> <rate per second> <seconds>

import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import process from "node:process";

const [url, file, rate, seconds] = process.argv.slice(2);
const requests = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const agent = new Agent({ keepAlive: true, maxSockets: 256, noDelay: true });
const total = Math.min(requests.length, Number(rate) * Number(seconds));
const spacingMs = 1000 / Number(rate);
const latencies = [];
let errors = 0;

function send({ body, headers }, dueAt) {
  return new Promise((resolve) => {
    const call = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) latencies.push(performance.now() - dueAt);
        else errors += 1;
        resolve();
      });
    });
    call.on("error", () => {
      errors += 1;
      resolve();
    });
    call.end(body);
  });
}

const pending = [];
const startedAt = performance.now();
let next = 0;
await new Promise((resolve) => {
  const tick = () => {
    while (next < total && performance.now() >= startedAt + next * spacingMs) {
      pending.push(send(requests[next], startedAt + next * spacingMs));
      next += 1;
    }
    if (next >= total) resolve();
    else setTimeout(tick, Math.max(0, startedAt + next * spacingMs - performance.now()));
  };
  tick();
});
await Promise.all(pending);
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (share) =>
  Math.round((latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0) * 100) /
  100;
console.log(JSON.stringify({
  sent: total,
  acknowledged: latencies.length,
  errors,
  p50_ms: at(0.5),
  p99_ms: at(0.99),
  max_ms: at(1),
  per_s: Math.round(latencies.length / ((performance.now() - startedAt) / 1000)),
}));
