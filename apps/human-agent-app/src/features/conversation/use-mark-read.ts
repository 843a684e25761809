import { useEffect } from "react";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import type { Session } from "../../lib/records/session.ts";

/** Says that a conversation was seen, while it is on a screen that somebody looks at. */
export function useMarkRead(session: Session | undefined): void {
  const { backend, tenant } = useDesk();
  const id = session && session.unread_count > 0 ? session.id : undefined;
  useEffect(() => {
    if (!id) return;
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      call(backend, "mark_read", { p_tenant_id: tenant.id, p_session_id: id }, z.unknown()).catch(() => {});
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [backend, tenant.id, id]);
}
