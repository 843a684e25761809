import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { isForPeople, templateRecord } from "./template.ts";

/** The approved templates of the account that a number belongs to, as far as a person can fill them. */
export function useTemplates(configId: string) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: keys.templates(tenant.id, configId),
    // The provider may have paused one since.
    staleTime: 0,
    queryFn: () =>
      call(
        backend,
        "list_message_templates",
        { p_tenant_id: tenant.id, p_status: "approved", p_config_id: configId },
        z.array(templateRecord),
      ),
    select: (templates) => templates.filter(isForPeople),
  });
}
