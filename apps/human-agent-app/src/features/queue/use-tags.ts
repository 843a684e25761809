import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { afterFirstScreen, useAfter } from "../../lib/first-screen.ts";
import { keys } from "../../lib/keys.ts";

/** The tags that conversations have, the most used first; nobody asks for them before the first screen is there. */
export function useTags(): string[] {
  const { backend, tenant } = useDesk();
  const isFirstScreenOver = useAfter(afterFirstScreen);
  const { data } = useQuery({
    queryKey: keys.tags(tenant.id),
    queryFn: async () =>
      (await call(backend, "list_tags", { p_tenant_id: tenant.id }, z.array(z.object({ tag: z.string() }))))
        .map(({ tag }) => tag),
    enabled: isFirstScreenOver,
    staleTime: 60_000,
  });
  return data ?? [];
}
