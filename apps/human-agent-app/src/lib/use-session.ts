import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { AppError } from "./app-error.ts";
import { call } from "./call.ts";
import { useDesk } from "./desk.ts";
import { keys } from "./keys.ts";
import { sessionRecord } from "./records/session.ts";

/** One conversation as it is now; events keep it so. */
export function useSession(sessionId: string) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: keys.session(tenant.id, sessionId),
    queryFn: async () => {
      const [session] = await call(
        backend,
        "get_session",
        { p_tenant_id: tenant.id, p_session_id: sessionId },
        z.array(sessionRecord),
      );
      if (!session) throw new AppError("not_found", `There is no conversation "${sessionId}"`);
      return session;
    },
  });
}
