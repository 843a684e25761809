import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import * as z from "zod/mini";
import { atMostEvery } from "../../lib/at-most-every.ts";
import { call } from "../../lib/call.ts";
import { type Desk, useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { readAgain } from "../../lib/read-again.ts";
import { useInbox } from "../../lib/realtime/use-inbox.ts";
import { sessionRecord } from "../../lib/records/session.ts";
import { patchQueue, type QueuePage } from "./patch-queue.ts";
import type { QueueFilters } from "./queue-view.ts";
import type { QueueView } from "./queue-views.ts";

/** Keeps every view that is in the cache, and every conversation, as the inbox topic says they are. */
export function useQueueEvents(): void {
  const desk = useDesk();
  const client = useQueryClient();
  const { tenant } = desk;
  // Of a hundred requests at once, each with its alerts, what the last of them changed is read too.
  const readRequestsAgain = useMemo(() =>
    atMostEvery(2_000, () => {
      void client.invalidateQueries({ queryKey: [tenant.id, "alerts"] });
      void client.invalidateQueries({ queryKey: keys.notices(tenant.id) });
    }), [client, tenant.id]);
  useInbox(async (event) => {
    if (event.name === "gap" || (event.ids && (event.count ?? 0) > event.ids.length)) {
      return void client.invalidateQueries({ queryKey: [tenant.id] });
    }
    if (event.name === "heard") {
      const wanted = [keys.queues, keys.sessions, keys.counts, keys.notices];
      return void readAgain(client, wanted.map((key) => key(tenant.id)));
    }
    if (event.name === "members_changed") {
      return void client.invalidateQueries({ queryKey: keys.members(tenant.id) });
    }
    if (event.name === "contacts_changed") {
      for (const id of event.ids ?? []) {
        void client.invalidateQueries({ queryKey: keys.contact(tenant.id, id) });
      }
      return void client.invalidateQueries({ queryKey: keys.queues(tenant.id) });
    }
    if (event.name === "escalations_changed" || event.name === "alerts_changed") {
      return readRequestsAgain();
    }
    if (event.name === "sessions_changed" && event.ids) await patch(desk, client, event.ids);
  });
}

async function patch(
  { backend, tenant, userId }: Desk,
  client: ReturnType<typeof useQueryClient>,
  ids: string[],
): Promise<void> {
  const changed = await call(
    backend,
    "get_sessions",
    { p_tenant_id: tenant.id, p_session_ids: ids },
    z.array(sessionRecord),
  ).catch(() => null);
  if (!changed) return void client.invalidateQueries({ queryKey: keys.queues(tenant.id) });
  for (const session of changed) {
    client.setQueryData(keys.session(tenant.id, session.id), session);
    void client.invalidateQueries({ queryKey: keys.promises(tenant.id, session.id) });
  }
  const queues = client.getQueryCache().findAll({ queryKey: keys.queues(tenant.id) });
  for (const { queryKey } of queues) {
    const [, , view, filters] = queryKey as [string, string, QueueView, QueueFilters];
    client.setQueryData<InfiniteData<QueuePage>>(
      queryKey,
      (data) => data && patchQueue(data, ids, changed, { view, filters, me: userId, now: Date.now() }),
    );
  }
}
