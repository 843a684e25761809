import type { ContactIdentity } from "@app/contracts/mod.ts";
import { z } from "zod";
import { cleanName } from "./clean-text.ts";
import { lenient, lenientString } from "./lenient.ts";

/** What a delivery says about a person: the `contacts` block of the envelope. */
export interface ContactCard {
  identities: ContactIdentity[];
  profile: { name?: string; username?: string };
}

const contactBlock = z.looseObject({
  user_id: lenientString,
  wa_id: z.unknown(),
  profile: lenient(z.looseObject({ name: lenientString, username: lenientString })),
});

/** Reads the `contacts` of an envelope; what is no contact is left out. */
export function readContactCards(contacts: unknown): ContactCard[] {
  if (!Array.isArray(contacts)) return [];
  return contacts.flatMap((contact: unknown) => {
    const block = contactBlock.safeParse(contact);
    if (!block.success) return [];
    const { user_id: userId, wa_id: waId, profile } = block.data;
    const name = cleanName(profile?.name);
    const username = cleanName(profile?.username);
    return [{
      identities: readIdentities([userId, waId]),
      profile: { ...(name !== undefined && { name }), ...(username !== undefined && { username }) },
    }];
  });
}

/**
 * Tells user ids (BSUID) from phones, whichever field they came in: user ids have a dot, and are opaque and never
 * normalised.
 *
 * @param names Values of `from_user_id`, `from`, `user_id`, `wa_id`; what is neither is left out.
 * @returns Each identity once, user ids first.
 * @see https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
 */
export function readIdentities(names: readonly unknown[]): ContactIdentity[] {
  const identities = names.map(readIdentity).filter((identity) => identity !== null);
  const unique = new Map(identities.map((identity) => [`${identity.kind} ${identity.externalId}`, identity]));
  return [...unique.values()].sort((left, right) => rank(left) - rank(right));
}

/** The card of whoever wrote a message: one that shares an identity, or the only card when the message names nobody. */
export function findCard(
  cards: readonly ContactCard[],
  sender: readonly ContactIdentity[],
): ContactCard | undefined {
  if (sender.length === 0) return cards.length === 1 ? cards[0] : undefined;
  return cards.find((card) => card.identities.some((known) => sender.some((name) => isSame(known, name))));
}

function readIdentity(name: unknown): ContactIdentity | null {
  if (typeof name === "number") return readIdentity(String(name));
  if (typeof name !== "string") return null;
  if (/^[\w-]+(\.[\w-]+)+$/.test(name) && name.length <= 200) return { kind: "bsuid", externalId: name };
  // E.164 allows 15 digits; longer ones are kept, since only Meta knows what it delivers to.
  const digits = /^\+?(\d{5,20})$/.exec(name)?.[1];
  return digits === undefined ? null : { kind: "phone", externalId: digits };
}

function isSame(left: ContactIdentity, right: ContactIdentity): boolean {
  return left.kind === right.kind && left.externalId === right.externalId;
}

function rank(identity: ContactIdentity): number {
  return identity.kind === "bsuid" ? 0 : 1;
}
