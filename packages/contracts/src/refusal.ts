import { z } from "zod";

/**
 * What to do about a message that did not go out.
 *
 * - `retry`: the provider stumbled; try again with growing pauses, about five times.
 * - `wait`: too fast; try again after `retryAfterMs`, slower.
 * - `give_up`: this message will never go out to this person as it is.
 * - `close_window`: the reply window is shut, whatever our clock says; only a template may go out.
 * - `stop_channel`: nothing goes out of this number until its owner acts.
 * - `ask_template`: this template cannot be used; another one is needed.
 */
export const refusalActions = [
  "retry",
  "wait",
  "give_up",
  "close_window",
  "stop_channel",
  "ask_template",
] as const;

/** One of {@linkcode refusalActions}. */
export type RefusalAction = (typeof refusalActions)[number];

/**
 * What else follows, beyond the message.
 *
 * - `opt_out`: the person wants no marketing any more: record it, never ask again.
 * - `pause_marketing`: no marketing to this person for `holdMs`.
 * - `flag_contact`: the person cannot be reached on this channel.
 * - `use_phone`: send it again to the phone instead of the user id, if one is known.
 * - `verify_identity`: somebody else may hold the phone.
 * - `slow_channel`: the whole number sends too fast.
 * - `slow_recipient`: only this person is written to too fast.
 * - `disable_template`: do not offer this template until it is approved anew.
 */
export const refusalEffects = [
  "opt_out",
  "pause_marketing",
  "flag_contact",
  "use_phone",
  "verify_identity",
  "slow_channel",
  "slow_recipient",
  "disable_template",
] as const;

/** One of {@linkcode refusalEffects}. */
export type RefusalEffect = (typeof refusalEffects)[number];

/** What a provider's refusal means, whether it came at once or later by a status. */
export const refusal = z.object({
  action: z.enum(refusalActions),
  /** For people; never a secret or a customer's text. */
  title: z.string(),
  /** Milliseconds to wait at least before the next try, where the provider or its rules name a time. */
  retryAfterMs: z.number().optional(),
  effect: z.enum(refusalEffects).optional(),
  /** Milliseconds that the effect or the stop holds, where a rule names a time. */
  holdMs: z.number().optional(),
  /** Who should be told: the `owner` of the number, or the `operator`, since our request or set-up is at fault. */
  alert: z.enum(["owner", "operator"]).optional(),
});

/** Parsed form of {@linkcode refusal}. */
export type Refusal = z.infer<typeof refusal>;
