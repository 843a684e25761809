/**
 * Where a role may read or write some columns of a table only: `<role> <operation>`, and which. A role that is not named
 * here holds the operation for all columns, or for none.
 */
export const columns: Record<string, Record<string, string>> = {
  "public.tenants": {
    "authenticated update": "name locale time_zone settings",
    "engine_router select": "id slug schema_name status",
  },
  "public.client_configs": {
    "authenticated update": "display_name is_enabled debounce_ms debounce_max_ms",
  },
  "public.tenant_members": { "authenticated update": "display_name phone availability notify" },
  "public.tenant_invitations": {
    "authenticated select":
      "id tenant_id email role invited_by expires_at accepted_at accepted_by revoked_at created_at",
  },
  "tenant.contacts": {
    "authenticated update": "name language attributes tags opted_out_at blocked_at updated_at",
  },
  "tenant.sessions": {
    "authenticated update":
      "holder status state variables fence turns_in_state assigned_to priority tags last_message_at last_message_preview last_message_from " +
      "unread_count snoozed_until message_count resolved_at updated_at hand_back_note",
  },
  "tenant.messages": {
    "authenticated insert": "id session_id config_id direction sender_type sender_id type content payload " +
      "media_id reply_to status language",
    "authenticated update": "status error",
  },
  "tenant.media": {
    "authenticated insert": "id path mime_type size sha256 file_name duration_ms status",
  },
  "tenant.canonical_answers": {
    "authenticated insert": "id answers owner_id expires_at source_message_id",
    "authenticated update":
      "answers status owner_id expires_at contradicts contradicted_at approved_by approved_at updated_at",
  },
  "tenant.canonical_variants": { "authenticated insert": "answer_id text" },
  "tenant.shared_files": {
    "authenticated insert": "name description media_id",
    "authenticated update": "description media_id updated_at",
  },
  "tenant.tools": {
    "authenticated insert":
      "name description parameters url_template method secret_headers timeout_ms retries is_enabled",
    "authenticated update":
      "name description parameters url_template method secret_headers timeout_ms retries is_enabled updated_at",
  },
  "tenant.promises": {
    "authenticated insert": "session_id content doer due_at created_by",
    "authenticated update": "status settled_at",
  },
  "tenant.quick_replies": {
    "authenticated insert": "shortcut content created_by",
    "authenticated update": "shortcut content updated_at",
  },
  "tenant.escalations": {
    "authenticated update": "status claimed_by claimed_at resolved_at acknowledged_at acknowledged_by",
  },
  "tenant.alert_phones": {
    "authenticated insert": "user_id code code_expires_at",
    "authenticated update": "code code_expires_at phone verified_at",
  },
  "tenant.alerts": {
    "authenticated select":
      "id escalation_id round rung cause user_id way created_at sent_at delivered_at opened_at failure",
    "authenticated update": "opened_at",
  },
  "tenant.events": { "authenticated insert": "session_id contact_id actor_type actor_id name body" },
};
