import { z } from "zod";

/** A person who writes, as the simulated platform knows them. */
export const customer = z.object({
  /** How the control API names the person: the phone if there is one, else the BSUID. */
  id: z.string(),
  /** Digits with country code, no `+`. Absent for people whom the business knows by BSUID alone. */
  phone: z.string().optional(),
  /** Business-scoped user id; one per person here (the real one differs per business portfolio). */
  bsuid: z.string(),
  name: z.string(),
  username: z.string().optional(),
  /** Whether webhooks carry `wa_id` and `from`. */
  shares_phone: z.boolean(),
});

/** Parsed form of {@linkcode customer}. */
export type Customer = z.infer<typeof customer>;

/** An object of the provider's own words, kept as it was said. */
export const jsonObject = z.record(z.string(), z.unknown());

/** Parsed form of {@linkcode jsonObject}. */
export type JsonObject = z.infer<typeof jsonObject>;

/** What the platform says became of a message of the business. */
export const messageStatus = z.enum(["sent", "delivered", "read", "played", "failed"]);

/** Parsed form of {@linkcode messageStatus}. */
export type MessageStatus = z.infer<typeof messageStatus>;

/** Why a message failed after it was accepted, in the shape of `statuses[].errors[]`. */
export const statusError = z.object({ code: z.number(), title: z.string(), details: z.string() });

const ofChat = { phone_number_id: z.string(), customer: z.string() };

/** A message template as the platform keeps it. */
const template = z.object({
  /** Digits. */
  id: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.enum(["UTILITY", "MARKETING", "AUTHENTICATION"]),
  status: z.enum(["PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED"]),
  parameter_format: z.enum(["POSITIONAL", "NAMED"]),
  components: z.array(jsonObject),
  /** Why it was rejected or paused, in the platform's word. */
  reason: z.string().optional(),
});

/** Parsed form of a template. */
export type Template = z.infer<typeof template>;

/** Everything that can happen, one line of the ledger each. */
const ledgerFact = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("customer"), customer: z.string(), profile: customer }),
  /** A customer wrote; recorded before the webhook leaves. `message` is what the webhook carries. */
  z.object({ kind: z.literal("inbound"), wamid: z.string(), ...ofChat, message: jsonObject }),
  /** The product answered 200 to the webhook of this message. */
  z.object({
    kind: z.literal("inbound_acknowledged"),
    wamid: z.string(),
    ...ofChat,
    attempts: z.number(),
    milliseconds: z.number(),
  }),
  /** The product did not answer 200 (`http` 0: no answer at all); it is tried again after `retry_in_ms`. */
  z.object({
    kind: z.literal("inbound_refused"),
    wamid: z.string(),
    ...ofChat,
    attempts: z.number(),
    http: z.number(),
    reason: z.string(),
    retry_in_ms: z.number(),
  }),
  /** The business sent a message and it was accepted. `message` is the request body. */
  z.object({
    kind: z.literal("outbound"),
    wamid: z.string(),
    ...ofChat,
    addressed_by: z.enum(["phone", "bsuid"]),
    callback_data: z.string().optional(),
    message: jsonObject,
  }),
  /** A request of the business was turned down, or a fault was played on it. */
  z.object({
    kind: z.literal("rejected"),
    phone_number_id: z.string(),
    customer: z.string().optional(),
    callback_data: z.string().optional(),
    http: z.number(),
    code: z.number(),
    details: z.string(),
  }),
  /** A message of the business moved on. `dropped`: a fault kept the webhook from leaving. */
  z.object({
    kind: z.literal("status"),
    wamid: z.string(),
    ...ofChat,
    callback_data: z.string().optional(),
    status: messageStatus,
    error: statusError.optional(),
    dropped: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("status_acknowledged"), wamid: z.string(), ...ofChat, status: messageStatus }),
  /** The business marked a customer's message, and all before it, as read. */
  z.object({ kind: z.literal("seen"), wamid: z.string(), ...ofChat }),
  /** Somebody typed in the business's own phone app. `message` is what the webhook carries. */
  z.object({ kind: z.literal("echo"), wamid: z.string(), ...ofChat, message: jsonObject }),
  /**
   * Something to be told that is neither a message in a chat nor a status: a change of a number, an account, a template, a
   * preference, an echo. `value` is what the webhook carries.
   */
  z.object({
    kind: z.literal("event"),
    id: z.string(),
    waba_id: z.string(),
    app_id: z.string(),
    field: z.string(),
    value: jsonObject,
  }),
  z.object({ kind: z.literal("event_acknowledged"), id: z.string() }),
  /** The product did not answer 200 for 7 days: this is never told again. `id` names an event, `wamid` a message. */
  z.object({
    kind: z.literal("given_up"),
    wamid: z.string().optional(),
    id: z.string().optional(),
    status: messageStatus.optional(),
    attempts: z.number(),
  }),
  /** A template was made or changed; `removed`: it is gone. */
  z.object({
    kind: z.literal("template"),
    waba_id: z.string(),
    template,
    removed: z.boolean().optional(),
  }),
  /** Somebody moved the clock: it is `ahead_ms` before the machine's from here on. */
  z.object({ kind: z.literal("clock"), ahead_ms: z.number() }),
  /** The business is typing; it ends with its next message or after 25 s. */
  z.object({ kind: z.literal("typing"), wamid: z.string(), ...ofChat }),
]);

/** What happened, before the ledger gives it a number and a time. */
export type LedgerFact = z.infer<typeof ledgerFact>;

/** One line of the ledger. `seq` counts from 1 without gaps; `at` is ISO 8601 in milliseconds. */
export const ledgerEvent = z.intersection(z.object({ seq: z.number(), at: z.string() }), ledgerFact);

/** Parsed form of {@linkcode ledgerEvent}. */
export type LedgerEvent = z.infer<typeof ledgerEvent>;
