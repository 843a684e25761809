import { z } from "zod";

/** One name by which a channel knows a person. WhatsApp: `bsuid` first, `phone` (digits, no `+`) beside it. */
export const contactIdentity = z.object({
  kind: z.enum(["bsuid", "phone", "psid", "telegram", "web"]),
  externalId: z.string().min(1).max(200),
});

/** Parsed form of {@linkcode contactIdentity}. */
export type ContactIdentity = z.infer<typeof contactIdentity>;
