/**
 * `npm run bench -- realtime [seconds] [offline seconds]`: how soon an agent's app hears of a message once it is stored.
 * Customers write to 10 tenants, 8 messages a second to each; 10 agents of each tenant listen with the unmodified
 * supabase-js, each to the inbox and to one conversation. One agent of each tenant loses the network in the middle and
 * closes the gap with the app's own code. Then the same with one tenant of 100 agents.
 */
import { percentile, report } from "../report.ts";
import { setParty } from "./set-party.ts";
import { playParty } from "./play-party.ts";

const seconds = Number(Deno.args[0] ?? 60);
const offlineSeconds = Number(Deno.args[1] ?? Math.round(seconds / 3));
if (offlineSeconds > seconds - 10) {
  throw new Error(
    `Cannot be offline for ${offlineSeconds} s: ${seconds} s of messages leave less than 10 s for coming back`,
  );
}
const messagesPerSecond = 8;

const spread = await withParty(
  { tenants: 10, agents: 10, rate: messagesPerSecond },
  { seconds, offlineSeconds },
);
const crowd = await withParty(
  { tenants: 1, agents: 100, rate: messagesPerSecond },
  { seconds: Math.min(30, seconds), offlineSeconds: 0 },
);
report(
  "realtime",
  {
    p50_ms: percentile(spread.latencies, 0.5),
    p95_ms: percentile(spread.latencies, 0.95),
    p99_ms: percentile(spread.latencies, 0.99),
    messages: spread.messages,
    events_per_message: spread.eventsPerMessage,
    undelivered: spread.undelivered,
    offline_s: offlineSeconds,
    back_missed: spread.back.missed,
    back_doubled: spread.back.doubled,
    back_messages: spread.back.messages,
    one_tenant_p50_ms: percentile(crowd.latencies, 0.5),
    one_tenant_p95_ms: percentile(crowd.latencies, 0.95),
    one_tenant_undelivered: crowd.undelivered,
  },
  "postgres 17",
  [
    "from the start of the transaction that stores to the callback of supabase-js; a screen paints a frame later",
    "stand-ins: the local realtime server, which reads the write-ahead log; everything shares this machine",
    `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
  ],
);

async function withParty(
  size: Parameters<typeof setParty>[0],
  times: { seconds: number; offlineSeconds: number },
) {
  console.log(
    `setting the stage: tenants ${size.tenants}, agents of each ${size.agents}, messages to each ${size.rate}/s`,
  );
  const party = await setParty(size);
  try {
    return await playParty(party, times);
  } finally {
    await party.stop();
  }
}
