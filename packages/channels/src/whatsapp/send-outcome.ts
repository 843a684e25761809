import type { Refusal } from "@app/contracts/mod.ts";

/** The provider said no: nothing was sent. */
export interface Refused extends Refusal {
  kind: "refused";
  /** Graph's error code, or the HTTP status (300 to 499) where a refusal came without one. */
  code: number;
}

/** Why nobody knows whether a message went out. */
export type UnknownReason =
  /** The signal ended the wait: a timeout or a stopping worker. */
  | "no_answer_in_time"
  /** The connection failed or broke; it may have been before, or after the provider accepted. */
  | "connection_lost"
  /** Accepted by its status, but without the id of a message. */
  | "accepted_without_id"
  /** A server error that does not come from Graph itself: a proxy gave up waiting. */
  | "unreadable_answer";

/** The result of one POST of one message. */
export type SendOutcome =
  | { kind: "accepted"; externalId: string }
  | Refused
  | { kind: "unknown"; why: UnknownReason };
