import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { findSubscription, forgetDevice, keepDevice } from "../../lib/push/device.ts";
import { mark } from "../../lib/push/device-mark.ts";
import { pushSupport, readTraits } from "../../lib/push/push-support.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

const devices = z.array(z.object({ id: z.string(), endpoint: z.string() }));

/** Whether this browser shows notifications of the tenant, and how to switch them. */
export function usePushDevice() {
  const { words, language } = useAllSpeech();
  const { backend, tenant, userId } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  const queryKey = keys.pushDevices(tenant.id);
  const [isBusy, setIsBusy] = useState(false);
  const [support, setSupport] = useState(() => pushSupport(readTraits(backend.config.push_key)));
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const all = await call(backend, "list_push_devices", { p_tenant_id: tenant.id }, devices);
      const endpoint = (await findSubscription())?.endpoint;
      return { own: all.find((device) => device.endpoint === endpoint)?.id, count: all.length };
    },
    enabled: support === "possible",
  });

  async function act(work: () => Promise<void>) {
    setIsBusy(true);
    try {
      await work();
    } catch (error) {
      if (error instanceof DOMException) {
        const isRefused = error.name === "NotAllowedError";
        const { refused, unreachable } = words.settings.push;
        showToast({ text: isRefused ? refused : unreachable, isError: true });
      } else complain(error);
    } finally {
      setSupport(pushSupport(readTraits(backend.config.push_key)));
      await client.invalidateQueries({ queryKey });
      setIsBusy(false);
    }
  }

  return {
    support,
    isBusy,
    isOn: data?.own !== undefined,
    others: (data?.count ?? 0) - (data?.own === undefined ? 0 : 1),
    turn: (isOn: boolean) =>
      act(async () => {
        if (isOn && backend.config.push_key) {
          await keepDevice(backend, tenant.id, { pushKey: backend.config.push_key, language });
        } else await forgetDevice(backend, tenant.id);
        mark(tenant.id, userId, isOn);
      }),
    tryIt: () =>
      act(async () => {
        const args = { p_tenant_id: tenant.id, p_push_subscription_id: data?.own };
        await call(backend, "try_push", args, z.unknown());
        showToast({ text: words.settings.push.tried });
      }),
  };
}
