import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "./call.ts";
import { useDesk } from "./desk.ts";
import { keys } from "./keys.ts";
import { type Member, memberRecord } from "./records/people.ts";
import { watchUse } from "./watch-use.ts";

/**
 * Keeps the person available for as long as they use the app, by telling the backend every minute; who stops or closes it
 * is away a few minutes later, by the backend's clock.
 */
export function useTellInUse(): void {
  const { backend, tenant, userId } = useDesk();
  const client = useQueryClient();
  useEffect(() =>
    watchUse(async () => {
      const availability = await call(
        backend,
        "tell_in_use",
        { p_tenant_id: tenant.id },
        memberRecord.shape.availability,
      );
      client.setQueryData<Member[]>(
        keys.members(tenant.id),
        (members) => {
          const isNews = members?.some((each) =>
            each.user_id === userId && each.availability !== availability
          );
          return isNews
            ? members?.map((each) => each.user_id === userId ? { ...each, availability } : each)
            : members;
        },
      );
    }), [backend, tenant.id, userId, client]);
}
