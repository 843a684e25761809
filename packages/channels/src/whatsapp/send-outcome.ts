/**
 * What to do about a refused send.
 *
 * - `retry`: the provider stumbled; try again with growing pauses, about five times.
 * - `wait`: too fast; try again after `retryAfterMs`, slower.
 * - `give_up`: this message will never go out to this person as it is.
 * - `close_window`: the reply window is shut, whatever our clock says; only a template may go out.
 * - `stop_channel`: nothing goes out of this number until its owner acts.
 * - `ask_template`: this template cannot be used; another one is needed.
 */
export type RefusalAction = "retry" | "wait" | "give_up" | "close_window" | "stop_channel" | "ask_template";

/** The provider said no: nothing was sent. */
export interface Refused {
  kind: "refused";
  /** Graph's error code, or the HTTP status (300 to 499) where a refusal came without one. */
  code: number;
  action: RefusalAction;
  /** Milliseconds to wait at least, where the provider or its rules name a time. */
  retryAfterMs?: number;
  /** What it means, for people. Never a secret or a customer's text. */
  title: string;
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
