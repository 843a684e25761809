import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { mergeMessages, type Message, messageRecord } from "../../lib/records/message.ts";

/** What is loaded of a conversation: its newest messages without a gap. */
export interface LoadedMessages {
  messages: Message[];
  hasEarlier: boolean;
}

const pageSize = 60;
const list = z.array(messageRecord);

/** The messages of a conversation; earlier ones on demand, changed ones as events tell. */
export function useMessages(sessionId: string) {
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const queryKey = keys.messages(tenant.id, sessionId);
  const [isLoadingEarlier, setIsLoadingEarlier] = useState(false);
  const read = (range: { p_after_seq?: number; p_before_seq?: number; p_limit?: number }) =>
    call(backend, "list_messages", {
      p_tenant_id: tenant.id,
      p_session_id: sessionId,
      p_limit: pageSize,
      ...range,
    }, list);
  const put = (change: (loaded: LoadedMessages) => LoadedMessages) =>
    client.setQueryData<LoadedMessages>(queryKey, (loaded) => loaded && change(loaded));

  const query = useQuery({
    queryKey,
    queryFn: async (): Promise<LoadedMessages> => {
      const known = client.getQueryData<LoadedMessages>(queryKey);
      const newest = await read({});
      const hasMore = newest.length === pageSize;
      const first = newest[0];
      // What is known joins what came if they overlap, or if the gap between them could be closed.
      if (!known || known.messages.length === 0 || !first) return { messages: newest, hasEarlier: hasMore };
      const last = known.messages.at(-1)?.seq ?? 0;
      if (last >= first.seq || !hasMore) {
        return { messages: mergeMessages(known.messages, newest), hasEarlier: known.hasEarlier };
      }
      const gap = await read({ p_after_seq: last, p_before_seq: first.seq, p_limit: 200 });
      return gap.length === 200
        ? { messages: newest, hasEarlier: true }
        : { messages: mergeMessages(known.messages, [...gap, ...newest]), hasEarlier: known.hasEarlier };
    },
  });

  async function loadEarlier() {
    const first = query.data?.messages[0];
    if (!first || isLoadingEarlier) return;
    setIsLoadingEarlier(true);
    try {
      const earlier = await read({ p_before_seq: first.seq });
      put((loaded) => ({
        messages: mergeMessages(earlier, loaded.messages),
        hasEarlier: earlier.length === pageSize,
      }));
    } finally {
      setIsLoadingEarlier(false);
    }
  }
  /** Reads again what an event named, if it is not before everything loaded. */
  async function refresh(fromSeq: number, toSeq: number) {
    const loaded = client.getQueryData<LoadedMessages>(queryKey);
    if (!loaded || (loaded.messages[0] && toSeq < loaded.messages[0].seq)) return;
    const last = loaded.messages.at(-1)?.seq ?? 0;
    // Also closes a gap between what is loaded and what the event named.
    const fresh = await read({
      p_after_seq: Math.min(fromSeq - 1, Math.max(last, 0)),
      p_before_seq: toSeq + 1,
      p_limit: 200,
    });
    put((before) => ({ ...before, messages: mergeMessages(before.messages, fresh) }));
  }
  return { query, loadEarlier, isLoadingEarlier, refresh };
}
