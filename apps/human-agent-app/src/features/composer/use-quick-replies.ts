import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";

const replies = z.array(z.object({ id: z.string(), shortcut: z.string(), content: z.string() }));

/** A canned reply. */
export type QuickReply = z.infer<typeof replies>[number];

/** The canned replies that fit what was typed after a slash; none while no slash begins the text. */
export function useQuickReplies(draft: string): { matches: QuickReply[]; isAsked: boolean } {
  const { backend, tenant } = useDesk();
  const [, typed] = /^\/(\S*)$/.exec(draft) ?? [];
  const isAsked = typed !== undefined;
  const { data = [] } = useQuery({
    queryKey: keys.quickReplies(tenant.id),
    queryFn: () => call(backend, "list_quick_replies", { p_tenant_id: tenant.id }, replies),
    enabled: isAsked,
    staleTime: 30_000,
  });
  const wanted = typed?.toLocaleLowerCase() ?? "";
  const matches = isAsked
    ? data.filter((reply) => reply.shortcut.toLocaleLowerCase().includes(wanted)).slice(0, 8)
    : [];
  return { matches, isAsked };
}

/** A canned reply as it is inserted: `{name}` is the contact's first name. */
export function fillReply(content: string, contactName: string | null): string {
  return content.replaceAll("{name}", contactName?.trim().split(/\s+/)[0] ?? "").replace(/ {2,}/g, " ");
}
