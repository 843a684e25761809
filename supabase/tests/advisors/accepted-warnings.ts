/** A warning of the advisors that stays, and why. */
export interface AcceptedWarning {
  /** The advisor's name of the rule. */
  rule: string;
  /** Objects, as `schema.name`; `client_*` is every tenant's schema. */
  objects: RegExp;
  reason: string;
}

/** Every warning that `supabase db advisors` may give; any other fails the test. */
export const acceptedWarnings: AcceptedWarning[] = [
  {
    rule: "function_search_path_mutable",
    objects: /^(api|engine)\.[a-z_]+$/,
    reason:
      "They find their tables in the tenant path that their caller entered; one of their own would undo it. " +
      "They run as their caller, never as a definer, and each of them has its line in isolation/expected/functions.ts.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^private\.enter_tenant$/,
    reason: "Sets the search path for its caller; a path of its own would undo that at its end.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^private\.(enter_tenant_to_write|role_on_entry)$/,
    reason: "Enters a tenant for its caller, as private.enter_tenant does.",
  },
  {
    rule: "function_search_path_mutable",
    objects:
      /^private\.(read_sessions|lock_session|cancel_queued_replies|store_machine_version|release_conversations)$/,
    reason: "Runs as its caller in the tenant path that was entered, on behalf of functions of schema api.",
  },
  {
    rule: "function_search_path_mutable",
    objects:
      /^private\.(publish_machine|store_engine_settings|check_canonical_answer|write_canonical_answer|move_canonical_answer)$/,
    reason:
      "Runs as its caller in the tenant path that was entered, for people whom RLS holds to their tenant.",
  },
  {
    rule: "function_search_path_mutable",
    objects:
      /^private\.(problems_of_account|queue_of_people|queue_by_recency|find_hits|begin_verb|record_deed|check_sending|payload_to_send|add_media|begin_contact_verb|record_contact_deed|accept_contract|refuse_contract|describe_stretch|read_alert_template|describe_alert_phone)$/,
    reason:
      "Runs as its caller in the tenant path that was entered: the reading and the verbs that people call through api.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^private\.(words_of|is_wanted)$/,
    reason: "Qualified throughout; with a path of its own it would not be inlined into indexes and queries.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^private\.caller_id$/,
    reason:
      "Parsed when it was made, so no path matters to it; with one of its own it would not be put into the queries that ask it.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^private\.migrate_tenants$/,
    reason: "A procedure that commits may not pin a search path; everything in it is qualified.",
  },
  {
    rule: "function_search_path_mutable",
    objects: /^client_\*\.tenant_id$/,
    reason:
      "A constant: it reads nothing. A pinned path would keep Postgres from putting it into policies as one.",
  },
];
