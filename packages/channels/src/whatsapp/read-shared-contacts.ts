import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { cleanName, truncateContent } from "./clean-text.ts";
import { lenient, lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const card = z.looseObject({
  name: lenient(z.looseObject({ formatted_name: lenientString, first_name: lenientString })),
  phones: lenient(z.array(z.looseObject({ phone: lenientString, wa_id: lenientString }))),
});

const schema = z.array(card).min(1);

/** Reads `type: "contacts"`: address cards that the customer shared, one line for each. */
export function readSharedContacts(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message.contacts);
  if (!parsed.success) return null;
  return {
    type: "contact",
    content: truncateContent(parsed.data.map(describe).filter((line) => line !== "").join("\n")),
    payload: { contacts: message.contacts },
  };
}

function describe({ name, phones }: z.infer<typeof card>): string {
  const phone = phones?.[0]?.phone ?? phones?.[0]?.wa_id;
  return [cleanName(name?.formatted_name ?? name?.first_name), cleanName(phone)]
    .filter((part) => part !== undefined)
    .join(" ");
}
