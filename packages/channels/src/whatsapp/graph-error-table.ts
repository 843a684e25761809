import type { Refusal } from "@app/contracts/mod.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * What each error code of Graph means. The same codes come at once, as the answer to a POST, and later, in a status that
 * says `failed`.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export const graphErrors: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  ...stopping("owner", [
    [0, "The access token is not valid"],
    [190, "The access token has expired"],
    [3, "The app lacks a capability"],
    [10, "The app lacks a permission"],
    [131005, "The access token lacks a permission"],
    [131031, "The business account is locked"],
    [368, "The business account is blocked for a policy"],
    [131042, "The business account has a payment problem"],
    [131037, "The display name of the number is not approved"],
    [131045, "The certificate of the number is not valid"],
    [133010, "The number is not registered"],
    [131048, "The number is restricted for spam"],
  ]),
  // Attempts to register are counted over 72 hours.
  [133016, {
    action: "stop_channel",
    title: "The number was registered too often",
    alert: "owner",
    holdMs: 72 * hourMs,
  }],

  [4, { action: "wait", title: "The app makes too many calls", retryAfterMs: 5 * minuteMs }],
  [80007, { action: "wait", title: "The business account makes too many calls", retryAfterMs: 5 * minuteMs }],
  [130429, {
    action: "wait",
    title: "The number sends too fast",
    retryAfterMs: 2_000,
    effect: "slow_channel",
  }],
  // One message every 6 s to the same person; each further refusal makes the pause grow to 4^x s.
  [131056, {
    action: "wait",
    title: "Too many messages to the same person",
    retryAfterMs: 6_000,
    effect: "slow_recipient",
  }],
  [131057, { action: "wait", title: "The account is in maintenance", retryAfterMs: minuteMs }],

  [1, { action: "retry", title: "WhatsApp has an unknown problem" }],
  [2, { action: "retry", title: "WhatsApp is down for a moment" }],
  [131000, { action: "retry", title: "WhatsApp could not send the message" }],
  [131016, { action: "retry", title: "WhatsApp is overloaded" }],
  [133004, { action: "retry", title: "WhatsApp is not available for a moment" }],

  [131047, { action: "close_window", title: "The customer wrote more than 24 hours ago" }],
  [470, { action: "close_window", title: "The customer wrote more than 24 hours ago" }],

  ...askingTemplate([
    [132000, "The template wants another number of values"],
    [132005, "The filled template is too long"],
    [132012, "The template wants values of another format"],
    [132018, "A component of the template is wrong"],
  ], { alert: "operator" }),
  ...askingTemplate([
    [132001, "The template is not there in this language"],
    [132007, "The template breaks a policy"],
    [132015, "The template is paused for its quality"],
    [132016, "The template is disabled for its quality"],
  ], { alert: "owner", effect: "disable_template" }),

  [131026, {
    action: "give_up",
    title: "The customer cannot get this message",
    effect: "flag_contact",
  }],
  [131049, {
    action: "give_up",
    title: "The customer got enough marketing for a day",
    effect: "pause_marketing",
    holdMs: 24 * hourMs,
  }],
  [131050, { action: "give_up", title: "The customer wants no marketing", effect: "opt_out" }],
  [130472, { action: "give_up", title: "The customer is part of an experiment" }],
  [130497, { action: "give_up", title: "Messages to this country are restricted", alert: "owner" }],
  [131062, {
    action: "give_up",
    title: "This message needs a phone number, not a user id",
    effect: "use_phone",
  }],
  [137000, { action: "give_up", title: "The customer's identity has changed", effect: "verify_identity" }],
  [131052, { action: "give_up", title: "The customer's file could not be downloaded" }],
  [131060, { action: "give_up", title: "WhatsApp cannot show this message" }],
  ...ourFault([
    [131021, "The number cannot write to itself"],
    [131030, "The customer is not in the list of test numbers"],
    [131051, "WhatsApp does not know this type of message"],
    [131053, "The file could not be uploaded"],
    [131008, "The request lacks a parameter"],
    [131009, "A parameter of the request is not valid"],
    [100, "A parameter of the request is not valid"],
    [33, "The number or the file is not there"],
  ]),
]);

type Row = [code: number, title: string];

function stopping(alert: "owner" | "operator", rows: Row[]): [number, Refusal][] {
  return rows.map(([code, title]) => [code, { action: "stop_channel", title, alert }]);
}

function askingTemplate(rows: Row[], more: Pick<Refusal, "alert" | "effect">): [number, Refusal][] {
  return rows.map(([code, title]) => [code, { action: "ask_template", title, ...more }]);
}

function ourFault(rows: Row[]): [number, Refusal][] {
  return rows.map(([code, title]) => [code, { action: "give_up", title, alert: "operator" }]);
}
