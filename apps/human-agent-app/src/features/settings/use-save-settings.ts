import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

/** Saves settings of the tenant by a function of schema `api`, tells it, and reads the tenant anew. */
export function useSaveSettings(name: "save_alert_settings" | "save_hand_back_settings") {
  const { words } = useAllSpeech();
  const { backend, tenant, userId } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  const [isBusy, setIsBusy] = useState(false);
  return {
    isBusy,
    async save(args: Record<string, unknown>): Promise<void> {
      setIsBusy(true);
      try {
        await call(backend, name, { p_tenant_id: tenant.id, ...args }, z.unknown());
        showToast({ text: words.settings.saved });
      } catch (error) {
        complain(error);
      } finally {
        setIsBusy(false);
        void client.invalidateQueries({ queryKey: keys.tenants(userId) });
      }
    },
  };
}
