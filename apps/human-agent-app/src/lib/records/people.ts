import * as z from "zod/mini";

/** A tenant that the person acts for. */
const tenantRecord = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.string(),
  locale: z.string(),
  time_zone: z.string(),
  role: z.enum(["owner", "admin", "agent"]),
  settings: z.record(z.string(), z.unknown()),
});

/** All that a person acts for. */
export const myTenants = z.array(tenantRecord);

/** Parsed form of {@linkcode tenantRecord}. */
export type Tenant = z.infer<typeof tenantRecord>;

/** A colleague, or oneself. */
export const memberRecord = z.object({
  user_id: z.string(),
  role: z.string(),
  display_name: z.string(),
  /** Whether they are there now, by their use of the app and what they chose. */
  availability: z.enum(["online", "away", "offline"]),
  chosen_availability: z.enum(["automatic", "away", "offline"]),
  notify: z.record(z.string(), z.unknown()),
  is_me: z.boolean(),
});

/** Parsed form of {@linkcode memberRecord}. */
export type Member = z.infer<typeof memberRecord>;
