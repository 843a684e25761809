import type { RefusalAction, Refused } from "./send-outcome.ts";

/** What Graph says when it refuses, as far as it decides anything. */
export interface GraphError {
  code: number;
  /** Graph's own word that the same request can succeed later. */
  is_transient?: boolean;
}

interface Meaning {
  action: RefusalAction;
  title: string;
  /** Milliseconds, where the rules of this limit name a time. */
  retryAfterMs?: number;
}

const minuteMs = 60_000;

/** Longest pause that a provider can ask of us, in milliseconds: a day. */
const longestPauseMs = 24 * 60 * minuteMs;

const meanings = new Map<number, Meaning>([
  [0, { action: "stop_channel", title: "The access token is not valid" }],
  [190, { action: "stop_channel", title: "The access token has expired" }],
  [3, { action: "stop_channel", title: "The app lacks a capability" }],
  [10, { action: "stop_channel", title: "The app lacks a permission" }],
  [131005, { action: "stop_channel", title: "The access token lacks a permission" }],
  [131031, { action: "stop_channel", title: "The business account is locked" }],
  [368, { action: "stop_channel", title: "The business account is blocked for a policy" }],
  [131042, { action: "stop_channel", title: "The business account has a payment problem" }],
  [131037, { action: "stop_channel", title: "The display name of the number is not approved" }],
  [131045, { action: "stop_channel", title: "The certificate of the number is not valid" }],
  [133010, { action: "stop_channel", title: "The number is not registered" }],
  [133016, { action: "stop_channel", title: "The number was registered too often" }],
  [131048, { action: "stop_channel", title: "The number is restricted for spam" }],

  [4, { action: "wait", title: "The app makes too many calls", retryAfterMs: 5 * minuteMs }],
  [80007, { action: "wait", title: "The business account makes too many calls", retryAfterMs: 5 * minuteMs }],
  [130429, { action: "wait", title: "The number sends too fast", retryAfterMs: 2_000 }],
  // One message every 6 s to the same person.
  [131056, { action: "wait", title: "Too many messages to the same person", retryAfterMs: 6_000 }],
  [131057, { action: "wait", title: "The account is in maintenance", retryAfterMs: minuteMs }],

  [1, { action: "retry", title: "WhatsApp has an unknown problem" }],
  [2, { action: "retry", title: "WhatsApp is down for a moment" }],
  [131000, { action: "retry", title: "WhatsApp could not send the message" }],
  [131016, { action: "retry", title: "WhatsApp is overloaded" }],
  [133004, { action: "retry", title: "WhatsApp is not available for a moment" }],

  [131047, { action: "close_window", title: "The customer wrote more than 24 hours ago" }],
  [470, { action: "close_window", title: "The customer wrote more than 24 hours ago" }],

  [132000, { action: "ask_template", title: "The template wants another number of values" }],
  [132001, { action: "ask_template", title: "The template is not there in this language" }],
  [132005, { action: "ask_template", title: "The filled template is too long" }],
  [132007, { action: "ask_template", title: "The template breaks a policy" }],
  [132012, { action: "ask_template", title: "The template wants values of another format" }],
  [132015, { action: "ask_template", title: "The template is paused for its quality" }],
  [132016, { action: "ask_template", title: "The template is disabled for its quality" }],
  [132018, { action: "ask_template", title: "A component of the template is wrong" }],

  [131026, { action: "give_up", title: "The customer cannot get this message" }],
  [131049, { action: "give_up", title: "The customer got enough marketing for a day" }],
  [131050, { action: "give_up", title: "The customer wants no marketing" }],
  [130472, { action: "give_up", title: "The customer is part of an experiment" }],
  [130497, { action: "give_up", title: "Messages to this country are restricted" }],
  [131062, { action: "give_up", title: "This message needs a phone number, not a user id" }],
  [131021, { action: "give_up", title: "The number cannot write to itself" }],
  [131030, { action: "give_up", title: "The customer is not in the list of test numbers" }],
  [131051, { action: "give_up", title: "WhatsApp does not know this type of message" }],
  [131052, { action: "give_up", title: "The customer's file could not be downloaded" }],
  [131053, { action: "give_up", title: "The file could not be uploaded" }],
  [131008, { action: "give_up", title: "The request lacks a parameter" }],
  [131009, { action: "give_up", title: "A parameter of the request is not valid" }],
  [100, { action: "give_up", title: "A parameter of the request is not valid" }],
  [33, { action: "give_up", title: "The number or the file is not there" }],
  [137000, { action: "give_up", title: "The customer's identity has changed" }],
]);

/**
 * Translates a refusal of Graph into what to do about it. Decides by the code alone where it is known; its words may
 * quote the access token, so titles are ours.
 *
 * @param error Graph's error object.
 * @param status HTTP status, which decides only for codes that are not known.
 * @param retryAfterMs What a `Retry-After` header asks for; it outweighs our own pause, up to a day.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export function mapGraphError(error: GraphError, status: number, retryAfterMs?: number): Refused {
  return refused(error.code, meanings.get(error.code) ?? meaningOfUnknown(error, status), retryAfterMs);
}

/**
 * Translates a refusal that is not Graph's own: a proxy answered, or the address is wrong. The message is not at fault.
 *
 * @param status HTTP status, 300 to 499; it stands in for the code.
 */
export function mapStatus(status: number, retryAfterMs: number | undefined): Refused {
  const title = `The answer is not WhatsApp's, with status ${status}`;
  if (status === 429) return refused(status, { action: "wait", title, retryAfterMs: minuteMs }, retryAfterMs);
  return refused(status, { action: "retry", title }, retryAfterMs);
}

function refused(code: number, meaning: Meaning, askedPauseMs: number | undefined): Refused {
  const canWait = meaning.action === "wait" || meaning.action === "retry";
  const pauseMs = canWait ? askedPauseMs ?? meaning.retryAfterMs : undefined;
  return {
    kind: "refused",
    code,
    action: meaning.action,
    title: meaning.title,
    ...(pauseMs !== undefined && { retryAfterMs: Math.min(pauseMs, longestPauseMs) }),
  };
}

function meaningOfUnknown({ code, is_transient: isTransient }: GraphError, status: number): Meaning {
  if (code >= 200 && code <= 299) return { action: "stop_channel", title: "The app lacks a permission" };
  const title = `WhatsApp refused with code ${code}`;
  if (status === 429) return { action: "wait", title, retryAfterMs: minuteMs };
  return { action: isTransient === true || status >= 500 ? "retry" : "give_up", title };
}
