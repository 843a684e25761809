import { useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import type { Member } from "../../lib/records/people.ts";
import { useComplain } from "../../lib/use-complain.ts";

/** Chooses how one's availability comes about: shown at once, and put back if the backend refuses. */
export function useAvailability() {
  const { backend, tenant, userId } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  return async (chosen: Member["chosen_availability"]) => {
    const key = keys.members(tenant.id);
    const before = client.getQueryData<Member[]>(key);
    client.setQueryData<Member[]>(
      key,
      (members) => members?.map((member) => member.user_id === userId ? shownWith(member, chosen) : member),
    );
    try {
      await call(
        backend,
        "update_my_profile",
        { p_tenant_id: tenant.id, p_availability: chosen },
        z.unknown(),
      );
    } catch (error) {
      client.setQueryData(key, before);
      complain(error);
    }
  };
}

/** Whoever chooses uses the app. */
function shownWith(member: Member, chosen: Member["chosen_availability"]): Member {
  return { ...member, chosen_availability: chosen, availability: chosen === "automatic" ? "online" : chosen };
}
