import { z } from "zod";

const line = (name: string, most: number) =>
  z.string().trim().min(1, `${name} is missing`).max(most, `${name} is longer than ${most} characters`);

/** A WhatsApp number, and the Meta app that signs for it. */
const whatsAppNumber = z.object({
  /** Meta's id of the number; not the number itself. */
  phoneNumberId: z.string().regex(/^\d{1,32}$/, "phone number id is not digits"),
  /** As people write it, with country code. */
  displayPhoneNumber: line("display phone number", 40),
  wabaId: z.string().regex(/^\d{1,32}$/, "WhatsApp Business account id is not digits").optional(),
  appId: z.string().regex(/^\d{1,32}$/, "Meta app id is not digits"),
  accessToken: line("access token", 4000).optional(),
});

/** A Meta app: one may serve the numbers of several tenants. */
export const metaApp = z.object({
  appId: z.string().regex(/^\d{1,32}$/, "Meta app id is not digits"),
  name: line("Meta app name", 200),
  secret: line("app secret", 400),
  verifyToken: line("verify token", 400),
});

/** Somebody who acts for a tenant. */
const person = z.object({
  email: z.email().toLowerCase(),
  role: z.enum(["owner", "admin", "agent"]),
  displayName: line("display name", 200),
  /** Only for a login that does not exist yet. */
  password: z.string().min(8, "password is shorter than 8 characters").optional(),
});

/** All that makes a tenant; the slug's rules are the database's. */
export const newTenant = z.object({
  slug: z.string().min(1, "slug is missing"),
  name: line("name", 200),
  /** The language that the tenant speaks first, as BCP 47. */
  locale: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'locale is not like "es" or "es-BO"').default("es"),
  /** IANA name; the database refuses others. */
  timeZone: z.string().default("UTC"),
  settings: z.record(z.string(), z.json()).default({}),
  numbers: z.array(whatsAppNumber).default([]),
  people: z.array(person).default([]),
});

/** Parsed {@linkcode whatsAppNumber}. */
export type WhatsAppNumber = z.infer<typeof whatsAppNumber>;
/** Parsed {@linkcode metaApp}. */
export type MetaApp = z.infer<typeof metaApp>;
/** Parsed {@linkcode person}. */
export type Person = z.infer<typeof person>;
/** Parsed {@linkcode newTenant}. */
export type NewTenant = z.infer<typeof newTenant>;
