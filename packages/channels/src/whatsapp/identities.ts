import type { ContactIdentity } from "@app/contracts/mod.ts";

/**
 * Reads the names of one person. User ids (BSUID) are opaque and never normalised; Meta also puts them where phones were,
 * so a dot tells them apart there.
 *
 * @param userIds Values of `from_user_id` or `user_id`.
 * @param phones Values of `from` or `wa_id`.
 * @returns Each identity once, user ids first; what is neither is left out.
 * @see https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
 */
export function readIdentities(userIds: readonly unknown[], phones: readonly unknown[]): ContactIdentity[] {
  const names = [...userIds.map(readUserId), ...phones.map((name) => readUserId(name) ?? readPhone(name))];
  return mergeIdentities(names.filter((name) => name !== null));
}

/** Keeps each identity once, user ids first. */
export function mergeIdentities(identities: readonly ContactIdentity[]): ContactIdentity[] {
  if (identities.length < 2) return [...identities];
  const unique = new Map(identities.map((identity) => [identityKey(identity), identity]));
  return [...unique.values()].sort((left, right) => rank(left) - rank(right));
}

/** A string that two identities share only if they are the same. */
export function identityKey({ kind, externalId }: ContactIdentity): string {
  return `${kind} ${externalId}`;
}

function readUserId(name: unknown): ContactIdentity | null {
  if (typeof name !== "string" || name.length > 200) return null;
  return /^[A-Za-z]{2}(\.[\w-]+)+$/.test(name) ? { kind: "bsuid", externalId: name } : null;
}

/** Reads a phone, with or without `+`; `null` if it is none. */
export function readPhone(name: unknown): ContactIdentity | null {
  if (typeof name === "number") return readPhone(String(name));
  // E.164 allows 15 digits; longer ones are kept, since only Meta knows what it delivers to.
  const digits = typeof name === "string" ? /^\+?(\d{5,20})$/.exec(name)?.[1] : undefined;
  return digits === undefined ? null : { kind: "phone", externalId: digits };
}

function rank(identity: ContactIdentity): number {
  return identity.kind === "bsuid" ? 0 : 1;
}
