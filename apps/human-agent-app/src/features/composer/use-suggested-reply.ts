import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import type { Message } from "../../lib/records/message.ts";
import { suggestReply } from "./suggest-reply.ts";

const approved = z.array(z.object({
  variants: z.array(z.string()),
  answers: z.record(z.string(), z.string()),
  is_expired: z.boolean(),
  contradicts: z.array(z.string()),
}));

/** What could be answered to the contact's last words by the answers that the tenant approved; null while they do not wait. */
export function useSuggestedReply(messages: Message[], language: string | null): string | null {
  const { backend, tenant } = useDesk();
  const last = messages.findLast((message) =>
    message.direction !== "internal" && message.type !== "reaction"
  );
  const said = last?.direction === "inbound" ? last.content ?? "" : "";
  const { data = [] } = useQuery({
    queryKey: keys.approvedAnswers(tenant.id),
    queryFn: () =>
      call(
        backend,
        "list_canonical_answers",
        { p_tenant_id: tenant.id, p_statuses: ["approved"] },
        approved,
      ),
    enabled: said !== "",
    staleTime: 5 * 60_000,
  });
  if (said === "") return null;
  return suggestReply(
    said,
    language,
    data.filter((each) => !each.is_expired && each.contradicts.length === 0),
  );
}
