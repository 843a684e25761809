import type { OutboundContent } from "@app/contracts/mod.ts";

type Cards = Extract<OutboundContent, { type: "contacts" }>["contacts"];

/** Writes address cards. Graph wants a part of the name beside the whole: the first name stands in for a missing one. */
export function writeContacts(cards: Cards): Record<string, unknown>[] {
  return cards.map(({ name, firstName, lastName, company, phones, emails }) => ({
    name: {
      formatted_name: name,
      first_name: firstName ?? name,
      ...(lastName !== undefined && { last_name: lastName }),
    },
    phones: phones.map(({ phone, kind, whatsapp }) => ({
      phone,
      ...(kind !== undefined && { type: kind }),
      ...(whatsapp !== undefined && { wa_id: whatsapp }),
    })),
    ...(emails && { emails: emails.map((email) => ({ email })) }),
    ...(company !== undefined && { org: { company } }),
  }));
}
