import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { sessionRecord } from "../../lib/records/session.ts";

const hits = z.array(z.object({ session: sessionRecord, matched: z.string() }));

/** A person whom a search found. */
export interface FoundPerson {
  contactId: string;
  name: string | null;
  phone: string | null;
}

/** Looks for people by name or number, two letters at least; each once, without `exceptId`. */
export function useFindPeople(text: string, exceptId: string) {
  const { backend, tenant } = useDesk();
  const wanted = useDeferredValue(text.trim());
  const query = useQuery({
    queryKey: keys.search(tenant.id, `people ${wanted}`),
    queryFn: () => call(backend, "search_sessions", { p_tenant_id: tenant.id, p_query: wanted }, hits),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const people = new Map<string, FoundPerson>();
  for (const { session, matched } of query.data ?? []) {
    if (matched === "message" || session.contact_id === exceptId) continue;
    people.set(session.contact_id, {
      contactId: session.contact_id,
      name: session.contact_name,
      phone: session.contact_phone,
    });
  }
  return {
    people: [...people.values()],
    isEmpty: query.isSuccess && wanted.length >= 2 && people.size === 0,
  };
}
