/** A phone that looks like a Mexican mobile number, for a person who does not matter. */
export function randomPhone(): string {
  return `+52 1 55 ${digits(4)} ${digits(4)}`;
}

/** A user id for a person whose phone the business never sees. */
export function randomUserId(): string {
  return `MX.${digits(18)}`;
}

function digits(count: number): string {
  const random = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(random, (value) => 1 + value % 9).join("");
}
