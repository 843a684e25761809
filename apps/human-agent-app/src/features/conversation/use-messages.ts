import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import {
  catchUp,
  type LoadedMessages,
  pageSize,
  readChanged,
  readEarlier,
} from "../../lib/records/loaded-messages.ts";
import { messageRecord } from "../../lib/records/message.ts";

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
    queryFn: () => catchUp(() => client.getQueryData<LoadedMessages>(queryKey), read),
  });

  async function loadEarlier() {
    if (!query.data || isLoadingEarlier) return;
    setIsLoadingEarlier(true);
    try {
      put(await readEarlier(query.data, read));
    } finally {
      setIsLoadingEarlier(false);
    }
  }
  /** Reads again what an event named, if it is not before everything loaded. */
  async function refresh(fromSeq: number, toSeq: number) {
    const loaded = client.getQueryData<LoadedMessages>(queryKey);
    if (loaded) put(await readChanged(loaded, { fromSeq, toSeq }, read));
  }
  return { query, loadEarlier, isLoadingEarlier, refresh };
}
