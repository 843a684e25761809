import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { cleanName, truncateContent } from "./clean-text.ts";
import { mergeIdentities, readIdentities } from "./identities.ts";
import { lenient, lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const card = z.looseObject({
  name: lenient(z.looseObject({ formatted_name: lenientString, first_name: lenientString })),
  phones: lenient(z.array(z.looseObject({ phone: lenientString, wa_id: lenientString }))),
  origin: lenientString,
});

const schema = z.array(card).min(1);

/**
 * Reads `type: "contacts"`: address cards that the customer shared, one line for each. A card that answers our request is
 * the customer's own, so its phone is theirs.
 */
export function readSharedContacts(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message.contacts);
  if (!parsed.success) return null;
  const own = parsed.data.filter(({ origin }) => origin === "contact_request").flatMap(ownPhones);
  return {
    type: "contact",
    content: truncateContent(parsed.data.map(describe).filter((line) => line !== "").join("\n")),
    payload: { contacts: message.contacts },
    ...(own.length > 0 && { sharedIdentities: mergeIdentities(own).slice(0, maxPhones) }),
  };
}

/** Numbers of one's own that are believed. */
const maxPhones = 10;

/** Meta's `wa_id` where it has one, else the phone as it is written. */
function ownPhones({ phones }: z.infer<typeof card>) {
  return (phones ?? []).flatMap(({ phone, wa_id: waId }) =>
    readIdentities([], [waId ?? phone?.replace(/[^\d+]/g, "")])
  );
}

function describe({ name, phones }: z.infer<typeof card>): string {
  const phone = phones?.[0]?.phone ?? phones?.[0]?.wa_id;
  return [cleanName(name?.formatted_name ?? name?.first_name), cleanName(phone)]
    .filter((part) => part !== undefined)
    .join(" ");
}
