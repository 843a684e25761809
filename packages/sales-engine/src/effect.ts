/** Something to be done when a turn is committed. Returned as data; whoever commits does it, once. */
export type Effect =
  /** The contact gets no more messages after the confirmation of this turn. */
  | { kind: "opt_out" }
  /** What was learned about the contact as a person, for all conversations. */
  | { kind: "update_contact"; name?: string; attributes?: Record<string, string | number | boolean> }
  /** A reminder if the customer stays quiet; any answer cancels it. */
  | { kind: "schedule_follow_up"; afterMinutes: number; note: string }
  /** A file of the tenant, by its name in the snapshot's `media`. */
  | { kind: "send_media"; name: string; caption: string };
