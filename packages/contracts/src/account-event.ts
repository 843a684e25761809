import { z } from "zod";

const line = z.string().max(500);
const body = z.record(z.string(), z.unknown());

const head = {
  kind: z.literal("account_event"),
  /** The same event has the same id, however often it comes: the provider gives none. */
  externalId: z.string(),
  timestamp: z.iso.datetime(),
  /** As it came, for whatever the fields below leave out. */
  body,
};

const template = {
  templateId: line.optional(),
  name: line.optional(),
  /** Language with an underscore, such as `en_US`, whichever way it came. */
  language: line.optional(),
};

/**
 * What the provider says about an account, not about a person. Words of the provider are kept as they are, since it adds
 * new ones; `about` says which fields are there.
 */
export const accountEvent = z.discriminatedUnion("about", [
  z.object({
    ...head,
    about: z.literal("template_status"),
    ...template,
    /** `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, … */
    event: line,
    reason: line.optional(),
    category: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("template_quality"),
    ...template,
    previous: line.optional(),
    current: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("template_category"),
    ...template,
    previous: line.optional(),
    current: line.optional(),
    /** What the provider will make it soon. */
    announced: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("template_components"),
    ...template,
    headerText: z.string().max(2000).optional(),
    bodyText: z.string().max(5000).optional(),
    footerText: z.string().max(2000).optional(),
  }),
  z.object({
    ...head,
    about: z.literal("account"),
    /** `ACCOUNT_VIOLATION`, `ACCOUNT_RESTRICTION`, `DISABLED_UPDATE`, `PARTNER_REMOVED`, … */
    event: line,
    violation: line.optional(),
    banState: line.optional(),
    /** The first 100. */
    restrictions: z.array(z.object({ type: line, expiresAt: line.optional() })).optional(),
    disconnectReason: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("phone_quality"),
    displayPhone: line.optional(),
    event: line,
    /** Unique people a day that may be written to first, such as `TIER_10K`. */
    limit: line.optional(),
    previousLimit: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("phone_name"),
    displayPhone: line.optional(),
    /** `APPROVED`, `REJECTED`, `DEFERRED`, `PENDING`. */
    decision: line,
    requestedName: line.optional(),
    reason: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("capability"),
    dailyLimit: line.optional(),
    maxPhoneNumbers: z.number().optional(),
  }),
  z.object({
    ...head,
    about: z.literal("alert"),
    severity: line.optional(),
    status: line.optional(),
    type: line.optional(),
    description: z.string().max(2000).optional(),
    entityType: line.optional(),
    entityId: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("security"),
    displayPhone: line.optional(),
    event: line,
    requester: line.optional(),
  }),
  z.object({
    ...head,
    about: z.literal("username"),
    displayPhone: line.optional(),
    username: line.optional(),
    status: line,
  }),
  /** A field that is not known, or a known one that is not what it should be. */
  z.object({ ...head, about: z.literal("other"), field: line }),
]);

/** Parsed form of {@linkcode accountEvent}. */
export type AccountEvent = z.infer<typeof accountEvent>;

/** Everything one delivery says about one account of one tenant, in the order in which it was written. */
export interface AccountDelivery {
  channelType: "whatsapp";
  /** The provider's id of the account; WhatsApp: the WABA. Empty if the provider named none. */
  accountId: string;
  events: AccountEvent[];
  /** The provider's own words for this account, kept if they cannot be stored. */
  body: Record<string, unknown>;
}
