import { join } from "node:path";
import { z } from "zod";
import { runLoad } from "../run-load.ts";
import { writeRequests } from "../../stage/requests.ts";
import { startAgents } from "./start-agents.ts";
import type { Party } from "./set-party.ts";

/** What a run came to. */
export interface Played {
  /** From stored to heard, of every event at every agent who was not offline, in milliseconds. */
  latencies: number[];
  messages: number;
  eventsPerMessage: number;
  /** Events that an agent who listened all the time did not hear, or heard twice. */
  undelivered: number;
  /** Of those who were offline, in the conversation that they look at. */
  back: { messages: number; missed: number; doubled: number };
}

const sent = z.object({ id: z.string(), topic: z.string(), at: z.number() });

/** Customers write for `seconds`; in the middle some agents are offline. */
export async function playParty(
  party: Party,
  { seconds, offlineSeconds }: { seconds: number; offlineSeconds: number },
): Promise<Played> {
  const { size, stage } = party;
  const rate = size.rate * size.tenants;
  const folder = await Deno.makeTempDir({ prefix: "bench-realtime-" });
  const agents = await startAgents(party, folder);
  try {
    await stage.database.sql`delete from realtime.messages`;
    const file = join(folder, "requests.jsonl");
    await writeRequests(
      file,
      Array.from({ length: rate * seconds + rate }, (_, number) => party.request(number)),
    );
    console.log(`${rate} messages/s for ${seconds} s, ${offlineSeconds} s of it without a network for some`);
    const load = runLoad("open-load.mjs", [party.webhookUrl, file, rate, seconds]);
    if (offlineSeconds > 0) await cutAndRestore(agents, seconds, offlineSeconds);
    const { acknowledged, errors } = await load;
    console.log(`  acknowledged ${acknowledged}, errors ${errors}`);
    const heard = await agents.end();
    const rows = z.array(sent).parse(
      await stage.database.sql`
        select id, topic, extract(epoch from inserted_at at time zone 'utc')::float8 * 1000 as at
        from realtime.messages where extension = 'broadcast'`,
    );
    return {
      ...compare(party, rows, heard),
      messages: acknowledged,
      eventsPerMessage: Math.round(rows.length / acknowledged * 100) / 100,
      back: await lookBack(party, heard),
    };
  } finally {
    await agents.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

type Agents = Awaited<ReturnType<typeof startAgents>>;
type Heard = Awaited<ReturnType<Agents["end"]>>;

async function cutAndRestore(agents: Agents, seconds: number, offlineSeconds: number): Promise<void> {
  const pause = (length: number) => new Promise((resolve) => setTimeout(resolve, length * 1000));
  await pause((seconds - offlineSeconds) / 2);
  await agents.cut();
  await pause(offlineSeconds);
  await agents.restore();
}

/** Joins what was sent with what was heard by those who listened all the time. */
function compare(
  { agents }: Party,
  rows: z.infer<typeof sent>[],
  heard: Heard,
): Pick<Played, "latencies" | "undelivered"> {
  const latencies: number[] = [];
  let undelivered = 0;
  for (const [index, agent] of agents.entries()) {
    if (agent.isOffline) continue;
    const inbox = `tenant:${agent.tenantId}`;
    const topics = [inbox, `${inbox}:session:${agent.sessionId}`];
    const times = new Map<string, number[]>();
    for (const [id, at] of heard[index]?.events ?? []) times.set(id, [...times.get(id) ?? [], at]);
    for (const { id, topic, at } of rows) {
      if (!topics.includes(topic)) continue;
      const [first, ...again] = times.get(id) ?? [];
      if (first === undefined || again.length > 0) undelivered += 1;
      else latencies.push(first - at);
    }
  }
  return { latencies, undelivered };
}

/** Compares what the apps that were offline hold with what is stored. */
async function lookBack({ agents, stage }: Party, heard: Heard): Promise<Played["back"]> {
  const back = { messages: 0, missed: 0, doubled: 0 };
  for (const [index, agent] of agents.entries()) {
    if (!agent.isOffline) continue;
    const { schemaName } = stage.tenants.find((tenant) => tenant.id === agent.tenantId) ?? { schemaName: "" };
    const stored = await stage.database.sql<{ id: string }[]>`
      select id from ${stage.database.sql(schemaName)}.messages where session_id = ${agent.sessionId}`;
    const held = heard[index]?.messages ?? [];
    const known = new Set(held);
    back.messages += stored.length;
    back.missed += stored.filter(({ id }) => !known.has(id)).length;
    back.doubled += held.length - known.size;
  }
  return back;
}
