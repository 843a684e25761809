import type { ContactSync } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Json } from "../clean-json.ts";
import { cleanName } from "../clean-text.ts";
import { readIdentities } from "../identities.ts";
import { lenient, lenientString } from "../lenient.ts";
import { readTimestamp } from "../read-timestamp.ts";

const schema = z.looseObject({
  action: z.enum(["add", "remove"]),
  contact: z.looseObject({
    full_name: lenientString,
    first_name: lenientString,
    phone_number: z.unknown().optional(),
    user_id: z.unknown().optional(),
  }),
  metadata: lenient(z.looseObject({ timestamp: z.unknown().optional() })),
});

/** Reads one item of `state_sync`: a person in the address book of the owner's phone; `null` if it names nobody. */
export function readContactSync(raw: Json, now: Date): ContactSync | null {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return null;
  const { action, contact, metadata } = parsed.data;
  const phone = typeof contact.phone_number === "string"
    ? contact.phone_number.replace(/[\s()-]/g, "")
    : contact.phone_number;
  const identities = readIdentities([contact.user_id], [phone]);
  if (identities.length === 0) return null;
  const [name, firstName] = [cleanName(contact.full_name), cleanName(contact.first_name)];
  return {
    action,
    identities,
    ...(name !== undefined && { name }),
    ...(firstName !== undefined && { firstName }),
    timestamp: readTimestamp(metadata?.timestamp, now),
  };
}
