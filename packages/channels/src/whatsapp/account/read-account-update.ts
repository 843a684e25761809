import { z } from "zod";
import type { JsonObject } from "../clean-json.ts";
import { lenient } from "../lenient.ts";
import { objectsIn } from "../parse-body.ts";
import { type AccountFields, lenientWord, present, word } from "./account-fields.ts";

const schema = z.looseObject({
  event: word,
  violation_info: lenient(z.looseObject({ violation_type: lenientWord })),
  ban_info: lenient(z.looseObject({ waba_ban_state: z.unknown().optional() })),
  disconnection_info: lenient(z.looseObject({ reason: lenientWord })),
});

const restriction = z.looseObject({ restriction_type: word, expiration: lenientWord });

/** Restrictions that are kept; Meta knows some five kinds. */
const maxRestrictions = 100;

/** Reads `account_update`: violations, restrictions, bans, partners that come and go, the phone app that went away. */
export function readAccountUpdate(value: JsonObject): AccountFields | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { event, violation_info: violation, ban_info: ban, disconnection_info: disconnection } = parsed.data;
  const restrictions = objectsIn(value.restriction_info).slice(0, maxRestrictions).flatMap(readRestriction);
  return {
    about: "account",
    event: event.toUpperCase(),
    ...present({
      violation: violation?.violation_type,
      banState: readBanState(ban?.waba_ban_state),
      disconnectReason: disconnection?.reason,
    }),
    ...(restrictions.length > 0 && { restrictions }),
  };
}

function readRestriction(raw: JsonObject) {
  const parsed = restriction.safeParse(raw);
  if (!parsed.success) return [];
  return [{ type: parsed.data.restriction_type, ...present({ expiresAt: parsed.data.expiration }) }];
}

/** A word, or in old payloads a list of one word. */
function readBanState(state: unknown): string | undefined {
  return lenientWord.parse(Array.isArray(state) ? state[0] : state);
}
