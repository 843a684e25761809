import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { sessionRecord } from "../../lib/records/session.ts";

const hits = z.array(z.object({
  session: sessionRecord,
  matched: z.enum(["name", "number", "message"]),
  excerpt: z.nullable(z.string()),
}));

/** Looks for names, numbers and words; two letters at least. */
export function useSearch(text: string) {
  const { backend, tenant } = useDesk();
  const wanted = useDeferredValue(text.trim());
  return useQuery({
    queryKey: keys.search(tenant.id, wanted),
    queryFn: ({ signal }) => {
      signal.throwIfAborted();
      return call(backend, "search_sessions", { p_tenant_id: tenant.id, p_query: wanted }, hits);
    },
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
