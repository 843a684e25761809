import { useEffect } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import type { Session } from "../../lib/records/session.ts";

/** Says that somebody has seen that a person is wanted, once the conversation is on a screen that they look at. */
export function useAcknowledge({ id, status, escalation_id, acknowledged_at }: Session): void {
  const { backend, tenant } = useDesk();
  const isWaiting = status === "open" && escalation_id !== null && acknowledged_at === null;
  useEffect(() => {
    if (!isWaiting) return;
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      call(backend, "acknowledge_alerts", { p_tenant_id: tenant.id, p_session_id: id }, z.unknown())
        .catch(() => {});
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
    // A request of its own is told of its own.
  }, [backend, tenant.id, id, escalation_id, isWaiting]);
}
