import { useQuery, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

const promises = z.array(z.object({
  id: z.string(),
  content: z.string(),
  doer: z.enum(["bot", "person"]),
  due_at: z.string(),
  status: z.enum(["open", "kept", "escalated", "cancelled"]),
}));

/** Something that was promised to a contact. */
export type MadePromise = z.infer<typeof promises>[number];

/** What is promised in a conversation and not done yet, by due time, and how to say that it is. */
export function usePromises(sessionId: string) {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  const queryKey = keys.promises(tenant.id, sessionId);
  const { data = [] } = useQuery({
    queryKey,
    queryFn: () =>
      call(backend, "list_promises", { p_tenant_id: tenant.id, p_session_id: sessionId }, promises),
  });
  return {
    waiting: data.filter(({ status }) => status === "open" || status === "escalated"),
    async settle(promise: MadePromise, status: "kept" | "cancelled") {
      const args = { p_tenant_id: tenant.id, p_promise_id: promise.id, p_status: status };
      try {
        await call(backend, "settle_promise", args, z.unknown());
        showToast({ text: words.promises.done[status] });
      } catch (error) {
        complain(error);
      } finally {
        void client.invalidateQueries({ queryKey });
      }
    },
  };
}
