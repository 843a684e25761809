import process from "node:process";

/**
 * How many random tries a test makes: `ISOLATION_ROUNDS`, else its short form. 10,000 is the long form, which is run
 * before a release.
 */
export function rounds(short: number): number {
  const set = Number(process.env.ISOLATION_ROUNDS);
  return Number.isInteger(set) && set > 0 ? set : short;
}
