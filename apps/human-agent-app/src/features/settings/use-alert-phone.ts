import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useComplain } from "../../lib/use-complain.ts";

const text = z.nullable(z.string());
const phones = z.array(z.object({
  code: text,
  code_expires_at: text,
  phone: text,
  /** The tenant's own number; null where it chose no template to tell people with. */
  send_to: text,
}));

/** Whether and where this person is told on WhatsApp, and how to change that. */
export function useAlertPhone() {
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  const [isBusy, setIsBusy] = useState(false);
  const queryKey = keys.alertPhone(tenant.id);
  const args = { p_tenant_id: tenant.id };
  const { data } = useQuery({
    queryKey,
    queryFn: async () => (await call(backend, "get_alert_phone", args, phones))[0] ?? null,
  });
  const act = (name: "ask_alert_code" | "confirm_alert_phone" | "forget_alert_phone") => async () => {
    setIsBusy(true);
    try {
      await call(backend, name, args, z.unknown());
    } catch (error) {
      complain(error);
    } finally {
      await client.invalidateQueries({ queryKey });
      setIsBusy(false);
    }
  };
  return {
    data,
    isBusy,
    ask: act("ask_alert_code"),
    confirm: act("confirm_alert_phone"),
    forget: act("forget_alert_phone"),
  };
}
