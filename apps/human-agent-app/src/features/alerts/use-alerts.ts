import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";

const at = z.nullable(z.string());
const alerts = z.array(z.object({
  id: z.string(),
  rung: z.enum(["agent", "next", "owner"]),
  user_id: z.string(),
  way: z.enum(["app", "push", "whatsapp"]),
  created_at: z.string(),
  sent_at: at,
  delivered_at: at,
  opened_at: at,
  failure: z.nullable(z.string()),
  acknowledged_by: z.nullable(z.string()),
}));

/** A person who was told that somebody waits, by one way. */
export type Alert = z.infer<typeof alerts>[number];

/** Who was told of a conversation's requests, newest first. */
export function useAlerts(sessionId: string) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: keys.alerts(tenant.id, sessionId),
    queryFn: () => call(backend, "list_alerts", { p_tenant_id: tenant.id, p_session_id: sessionId }, alerts),
  });
}

/** How far an alert has come. */
export function stateOf(
  { sent_at, delivered_at, opened_at, failure }: Pick<
    Alert,
    "sent_at" | "delivered_at" | "opened_at" | "failure"
  >,
): "planned" | "sent" | "delivered" | "opened" | "failed" {
  if (opened_at) return "opened";
  if (delivered_at) return "delivered";
  if (sent_at) return "sent";
  return failure ? "failed" : "planned";
}
