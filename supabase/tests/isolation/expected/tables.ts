import type { Expectation } from "../probing/compare.ts";

/**
 * What an actor may do with the rows of tenant a: s(elect) i(nsert) u(pdate) d(elete). Who is not named may do nothing;
 * nobody of tenant b is ever named. Where an admin may less than the owner, say so after the spread.
 */
function may(agent: string, owner: string, worker: string, router = ""): Expectation {
  return {
    "agent of a": agent,
    "admin of a": owner,
    "owner of a": owner,
    "worker of a": worker,
    router,
  };
}

const nobody = may("", "", "");
const everything = "siud";

/** A new table gets its line here, and a row of tenant a in `staged-tenant.ts`. */
export const tables: Record<string, Expectation> = {
  "public.tenants": may("s", "su", "s", "s"),
  "public.client_configs": may("s", "su", "s", "s"),
  "public.tenant_members": may("su", "su", ""),
  "public.tenant_invitations": may("", "s", ""),
  // A person's own devices; the stage's row is the agent's.
  "public.push_subscriptions": may("sd", "", "sd"),
  "private.push_services": nobody,
  "private.channel_secrets": may("", "", "s"),
  "private.tenant_secrets": may("", "", "s"),
  // Of no tenant: one Meta app may serve several.
  "private.meta_apps": may("", "", "", "s"),
  "private.due_work": may("", "", everything, "su"),
  "private.jobs": may("", "", "i", "su"),
  "private.rate_rules": nobody,
  "private.sending_rates": may("", "", everything),
  "private.rate_limits": nobody,
  "private.failed_webhooks": may("", "", "i", "siu"),
  "private.tenant_steps": nobody,
  "private.tenant_step_ledger": nobody,
  "tenant.contacts": may("su", "su", everything),
  "tenant.contact_identities": may("s", "s", everything),
  "tenant.sessions": may("su", "su", everything),
  "tenant.messages": may("siu", "siu", everything),
  "tenant.pending_messages": may("sd", "sd", everything),
  "tenant.media": may("si", "si", everything),
  "tenant.media_uploads": may("", "", everything),
  "tenant.turns": may("s", "s", everything),
  "tenant.escalations": may("su", "su", everything),
  "tenant.events": may("si", "si", everything),
  "tenant.channel_events": may("s", "s", everything),
  "tenant.message_templates": may("s", "s", everything),
  "tenant.early_statuses": may("", "", everything),
  // One's own, and only that one opened it; the stage's row is the agent's.
  "tenant.alert_phones": may("siud", "i", everything),
  "tenant.alerts": may("su", "s", everything),
  "tenant.promises": may("siu", "siu", everything),
  "tenant.quick_replies": may("siud", "siud", everything),
  "tenant.canonical_answers": may("siu", "siu", everything),
  "tenant.canonical_variants": may("sid", "sid", everything),
  "tenant.follow_ups": may("s", "s", everything),
  "tenant.tools": may("s", "siud", everything),
  "tenant.shared_files": may("s", "siud", everything),
  "tenant.spendings": may("s", "s", everything),
  "tenant.budget_reservations": may("", "", everything),
  "tenant.state_machines": may("s", "siu", everything),
  "tenant.state_machine_versions": may("s", "siud", everything),
};
