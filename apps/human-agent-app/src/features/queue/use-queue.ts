import { useInfiniteQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { sessionRecord } from "../../lib/records/session.ts";
import type { QueuePage } from "./patch-queue.ts";
import type { QueueFilters } from "./queue-view.ts";
import type { QueueView } from "./queue-views.ts";

const page = z.object({
  sessions: z.array(sessionRecord),
  next: z.nullable(z.record(z.string(), z.unknown())),
});

const pageSize = 60;

/** A view of the queue, page by page. */
export function useQueue(view: QueueView, filters: QueueFilters) {
  const { backend, tenant } = useDesk();
  return useInfiniteQuery({
    queryKey: [...keys.queues(tenant.id), view, filters],
    initialPageParam: null as QueuePage["next"],
    queryFn: ({ pageParam }) =>
      call(backend, "list_queue", {
        p_tenant_id: tenant.id,
        p_view: view,
        p_filters: filters,
        p_after: pageParam,
        p_limit: pageSize,
      }, page),
    getNextPageParam: (last) => last.next,
    // That nobody waited when the app was closed is no news.
    refetchOnMount: ({ state }) => state.data?.pages.some(({ sessions }) => sessions.length > 0) || "always",
  });
}
