import type { PreferenceUpdate } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Json } from "../clean-json.ts";
import { truncate } from "../clean-text.ts";
import { type ContactCards, findCard } from "../contact-cards.ts";
import { mergeIdentities, readIdentities } from "../identities.ts";
import { lenientString } from "../lenient.ts";
import { readTimestamp } from "../read-timestamp.ts";

const schema = z.looseObject({
  user_id: z.unknown().optional(),
  wa_id: z.unknown().optional(),
  category: lenientString,
  value: z.enum(["stop", "resume", "signup"]),
  timestamp: z.unknown().optional(),
});

/**
 * Reads one item of `user_preferences`: a person stops marketing, or welcomes it again; `null` if it names nobody or says
 * something else.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/user_preferences
 */
export function readPreference(raw: Json, cards: ContactCards, now: Date): PreferenceUpdate | null {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return null;
  const { user_id: userId, wa_id: waId, category, value, timestamp } = parsed.data;
  const named = readIdentities([userId], [waId]);
  const identities = mergeIdentities([...named, ...(findCard(cards, named)?.identities ?? [])]);
  if (identities.length === 0) return null;
  return {
    identities,
    category: truncate(category ?? "marketing_messages", 200),
    value,
    timestamp: readTimestamp(timestamp, now),
  };
}
