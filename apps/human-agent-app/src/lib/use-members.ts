import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "./call.ts";
import { useDesk } from "./desk.ts";
import { keys } from "./keys.ts";
import { type Member, memberRecord } from "./records/people.ts";

/** The people of the tenant, oneself among them, and how to name one by id. */
export function useMembers() {
  const { backend, tenant, userId } = useDesk();
  const { data: members = [] } = useQuery({
    queryKey: keys.members(tenant.id),
    // Whoever goes away says nothing; that they did is read.
    refetchInterval: 60_000,
    queryFn: () => call(backend, "list_members", { p_tenant_id: tenant.id }, z.array(memberRecord)),
  });
  const me: Member | undefined = members.find((member) => member.user_id === userId);
  const nameOfMember = (id: string | null) =>
    members.find((member) => member.user_id === id)?.display_name ?? "…";
  return { members, me, nameOfMember };
}
