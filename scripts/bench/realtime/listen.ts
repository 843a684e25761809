import { createClient, type RealtimeChannel } from "@supabase/supabase-js";
import { z } from "zod";
import {
  catchUp,
  type LoadedMessages,
  readChanged,
  readEarlier,
  type ReadMessages,
} from "../../../apps/human-agent-app/src/lib/records/loaded-messages.ts";
import { messageRecord } from "../../../apps/human-agent-app/src/lib/records/message.ts";

/** Who listens. */
interface Listening {
  tenantId: string;
  sessionId: string;
  token: string;
}

/** Nothing has been heard for this long: nothing is on its way. */
const quietMs = 3_000;
const payload = z.object({ id: z.string(), from_seq: z.number().optional(), to_seq: z.number().optional() });

/** Opens a conversation as the app does and follows it; resolves when both topics are heard. */
export async function listen({ url, key }: { url: string; key: string }, who: Listening) {
  const client = createClient(url, key, {
    db: { schema: "api" },
    accessToken: () => Promise.resolve(who.token),
    realtime: { heartbeatIntervalMs: 15_000 },
  });
  await client.realtime.setAuth(who.token);
  const events: [string, number][] = [];
  let lastAt = 0;
  let loaded: LoadedMessages | undefined;
  const read: ReadMessages = async (range) => {
    const { data, error } = await client.rpc("list_messages", {
      p_tenant_id: who.tenantId,
      p_session_id: who.sessionId,
      p_limit: 60,
      ...range,
    });
    if (error) throw new Error(`Cannot read messages: ${error.message}`);
    return z.array(messageRecord).parse(data);
  };
  const pending = new Set<Promise<void>>();
  const work = (job: () => Promise<void>) => {
    // A network that is away is asked again when the topic is heard again.
    const running: Promise<void> = job().catch(() => {}).finally(() => pending.delete(running));
    pending.add(running);
  };
  const note = (heard: unknown) => {
    const { id, ...range } = payload.parse(heard);
    lastAt = performance.timeOrigin + performance.now();
    events.push([id, lastAt]);
    return range;
  };
  const inbox = client.channel(`tenant:${who.tenantId}`, { config: { private: true } });
  inbox.on("broadcast", { event: "*" }, (message) => void note(message.payload));
  await join(inbox, () => {});
  const conversation = client.channel(`tenant:${who.tenantId}:session:${who.sessionId}`, {
    config: { private: true },
  });
  conversation.on("broadcast", { event: "*" }, (message) => {
    const { from_seq: fromSeq, to_seq: toSeq } = note(message.payload);
    if (fromSeq === undefined || toSeq === undefined) return;
    work(async () => {
      if (loaded) loaded = (await readChanged(loaded, { fromSeq, toSeq }, read))(loaded);
    });
  });
  await join(conversation, () => work(async () => void (loaded = await catchUp(() => loaded, read))));
  loaded = await catchUp(() => undefined, read);
  return {
    /** Waits until it is quiet, scrolls to the beginning, and tells what was heard and what is held. */
    async end() {
      while (performance.timeOrigin + performance.now() - lastAt < quietMs || pending.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      while (loaded?.hasEarlier) loaded = (await readEarlier(loaded, read))(loaded);
      await client.realtime.disconnect();
      return { events, messages: loaded?.messages.map((message) => message.id) ?? [] };
    },
  };
}

/** Resolves when the topic is heard; `onAgain` runs each time it is heard again. */
function join(channel: RealtimeChannel, onAgain: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let wasHeard = false;
    channel.subscribe((status, error) => {
      if (status === "SUBSCRIBED" && wasHeard) onAgain();
      if (status === "SUBSCRIBED") resolve();
      else if (!wasHeard) reject(new Error(`Cannot listen: ${status} ${error?.message ?? ""}`));
      wasHeard ||= status === "SUBSCRIBED";
    });
  });
}
