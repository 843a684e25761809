import { useQuery, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { afterFirstScreen, useAfter } from "../../lib/first-screen.ts";
import { keys } from "../../lib/keys.ts";
import { useInbox } from "../../lib/realtime/use-inbox.ts";

const text = z.nullable(z.string());
const notices = z.array(z.object({
  id: z.string(),
  kind: z.enum(["escalation", "assigned", "handed_back", "failed"]),
  session_id: z.string(),
  contact_name: text,
  body: z.object({
    reason: z.optional(text),
    summary: z.optional(text),
    urgency: z.optional(text),
    by: z.optional(text),
    /** Why the person was told of a request: it is new, soon late, or a promise is due. */
    cause: z.optional(text),
    acknowledged_by: z.optional(text),
    note: z.optional(text),
    preview: z.optional(text),
  }),
  at: z.string(),
  is_read: z.boolean(),
}));

/** Something that a person should see. */
export type Notice = z.infer<typeof notices>[number];

/**
 * What waits for this person: requests, conversations given to them, messages of theirs that failed.
 *
 * @param isWanted Whether it is to be read now; what is kept is there without. Default true.
 */
export function useNotices(isWanted = true) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: keys.notices(tenant.id),
    queryFn: () => call(backend, "list_notifications", { p_tenant_id: tenant.id }, notices),
    enabled: isWanted,
  });
}

/** How many of them are new; read after the first screen. */
export function useUnreadNotices(): number {
  const { tenant, userId } = useDesk();
  const client = useQueryClient();
  useInbox((event) => {
    const isMine = event.name === "notices_changed"
      ? event.ids?.includes(userId)
      : event.name === "sessions_changed" &&
        event.ids?.some((id) =>
          client.getQueryData<{ assigned_to: string | null }>(keys.session(tenant.id, id))?.assigned_to ===
            userId
        );
    if (isMine) void client.invalidateQueries({ queryKey: keys.notices(tenant.id) });
  });
  return useNotices(useAfter(afterFirstScreen)).data?.filter((notice) => !notice.is_read).length ?? 0;
}
