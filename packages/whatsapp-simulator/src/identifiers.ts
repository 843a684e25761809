import { createHash, randomBytes } from "node:crypto";

const COUNTRY_OF_PREFIX: [prefix: string, country: string][] = [
  ["351", "PT"],
  ["502", "GT"],
  ["506", "CR"],
  ["591", "BO"],
  ["593", "EC"],
  ["595", "PY"],
  ["598", "UY"],
  ["966", "SA"],
  ["971", "AE"],
  ["20", "EG"],
  ["34", "ES"],
  ["44", "GB"],
  ["49", "DE"],
  ["51", "PE"],
  ["52", "MX"],
  ["54", "AR"],
  ["55", "BR"],
  ["56", "CL"],
  ["57", "CO"],
  ["58", "VE"],
];

/** A new message id, opaque to everyone, in the shape that the platform uses. */
export function newWamid(): string {
  return `wamid.HBg${randomBytes(24).toString("base64url")}`;
}

/** A new numeric id, for media and traces. */
export function newNumericId(): string {
  return BigInt(`0x${randomBytes(7).toString("hex")}`).toString().padStart(15, "1");
}

/** The BSUID of a phone: always the same for one phone, `<country>.<digits>`. */
export function bsuidOf(phone: string): string {
  const country = COUNTRY_OF_PREFIX.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? "US";
  const digest = createHash("sha256").update(`bsuid:${phone}`).digest("hex").slice(0, 15);
  return `${country}.${BigInt(`0x${digest}`).toString()}`;
}

/** What a BSUID looks like. */
export const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Digits of a phone number that may be written with `+`, spaces, hyphens, dots and brackets; `""` if it is none. */
export function phoneDigits(written: string): string {
  const digits = written.replace(/[+\s().-]/g, "");
  return /^\d{5,15}$/.test(digits) ? digits : "";
}
