import type { ContactIdentity } from "@app/contracts/mod.ts";
import { z } from "zod";
import { cleanName } from "./clean-text.ts";
import { identityKey, readIdentities } from "./identities.ts";
import { lenient, lenientString } from "./lenient.ts";

/** What a delivery says about one person. */
export interface ContactCard {
  identities: ContactIdentity[];
  profile: { name?: string; username?: string };
}

/** The people that one part of a delivery describes. */
export interface ContactCards {
  byIdentity: ReadonlyMap<string, ContactCard>;
  /** The card, if there is but one. */
  only: ContactCard | undefined;
}

const contactBlock = z.looseObject({
  user_id: lenientString,
  wa_id: z.unknown().optional(),
  profile: lenient(z.looseObject({ name: lenientString, username: lenientString })),
});

/** Reads the `contacts` of an envelope; what is no contact is left out. */
export function readContactCards(contacts: unknown): ContactCards {
  const cards = Array.isArray(contacts) ? contacts.flatMap(readCard) : [];
  return {
    byIdentity: new Map(cards.flatMap((card) => card.identities.map((name) => [identityKey(name), card]))),
    only: cards.length === 1 ? cards[0] : undefined,
  };
}

/**
 * The card of whoever wrote a message: one that shares an identity, or the only one when the message names nobody. A card
 * of the same phone and another user id is of another person: phones change hands.
 */
export function findCard(cards: ContactCards, sender: readonly ContactIdentity[]): ContactCard | undefined {
  if (sender.length === 0) return cards.only;
  const card = sender.map((name) => cards.byIdentity.get(identityKey(name))).find((found) =>
    found !== undefined
  );
  return card === undefined || areTwoPeople(sender, card.identities) ? undefined : card;
}

function areTwoPeople(left: readonly ContactIdentity[], right: readonly ContactIdentity[]): boolean {
  const [leftIds, rightIds] = [left, right].map((names) => names.filter(({ kind }) => kind === "bsuid"));
  if (!leftIds?.length || !rightIds?.length) return false;
  return !leftIds.some((one) => rightIds.some((other) => one.externalId === other.externalId));
}

function readCard(contact: unknown): ContactCard[] {
  const block = contactBlock.safeParse(contact);
  if (!block.success) return [];
  const { user_id: userId, wa_id: waId, profile } = block.data;
  const name = cleanName(profile?.name);
  const username = cleanName(profile?.username);
  return [{
    identities: readIdentities([userId], [waId]),
    profile: { ...(name !== undefined && { name }), ...(username !== undefined && { username }) },
  }];
}
