import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useInbox } from "../../lib/realtime/use-inbox.ts";
import type { QueueView } from "./queue-views.ts";

const count = z.coerce.number();
const counts = z.array(
  z.object({ needs_answer: count, mine: count, unassigned: count, snoozed: count, bot: count }),
);

/** Events come in bursts; counting once after each is enough. */
const quietMs = 1_500;

/** How many conversations stand in each view; counted again when the inbox topic says that something changed. */
export function useCounts(): Partial<Record<QueueView, number>> {
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useInbox((event) => {
    if (event.name !== "sessions_changed") return;
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => void client.invalidateQueries({ queryKey: keys.counts(tenant.id) }),
      quietMs,
    );
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const { data } = useQuery({
    queryKey: keys.counts(tenant.id),
    queryFn: async () => (await call(backend, "count_queue", { p_tenant_id: tenant.id }, counts))[0],
  });
  return data ?? {};
}
