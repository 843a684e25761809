/**
 * The apps of many agents in one process: supabase-js as everybody gets it, and the agent app's own way of closing gaps.
 * It is told on standard input to `cut` and `restore` the network of some, and to `end`.
 *
 * usage: deno run -A agents.ts <agents.json> <heard.json>
 */
import { createInterface } from "node:readline";
import process from "node:process";
import { listen } from "./listen.ts";
import { startRelay } from "./relay.ts";

interface Input {
  url: string;
  key: string;
  agents: { tenantId: string; sessionId: string; token: string; isOffline: boolean }[];
}

const [input = "", output = ""] = Deno.args;
const { url, key, agents }: Input = JSON.parse(await Deno.readTextFile(input));
const relay = startRelay(new URL(url));
const listeners = [];
for (const agent of agents) {
  listeners.push(await listen({ url: agent.isOffline ? relay.url : url, key }, agent));
}
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "cut") {
    relay.cut();
    console.log("is cut");
  } else if (line === "restore") {
    relay.restore();
    console.log("is restored");
  } else if (line === "end") {
    const heard = await Promise.all(listeners.map((listener) => listener.end()));
    await Deno.writeTextFile(output, JSON.stringify(heard));
    console.log("has ended");
    Deno.exit(0);
  }
}
