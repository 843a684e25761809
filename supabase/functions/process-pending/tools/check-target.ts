import { isIP } from "node:net";
import { isPublicAddress } from "./is-public-address.ts";

/** Where a request goes: the address that was checked, never the name again. */
export interface Target {
  url: URL;
  address: string;
  port: number;
}

/** A tool's address that must not be called. The message names no secret. */
export class TargetRefused extends Error {
  override readonly name = "TargetRefused";
}

/** How addresses are found, and which hosts are let through in tests. */
export interface TargetPorts {
  /** All addresses of a name. */
  resolve(hostname: string): Promise<string[]>;
  /** `host:port` of test servers that may be private and speak plain HTTP; none in production. */
  testHosts: readonly string[];
}

/** The longest URL that servers commonly take. */
const longestUrl = 4_000;

/**
 * Says where a URL leads, if it may be called: HTTPS on its usual port, without credentials, to a name all of whose
 * addresses are public. A name that answers differently later (DNS rebinding) changes nothing: the caller connects to the
 * address that is returned here.
 *
 * @throws {TargetRefused} With the reason.
 */
export async function checkTarget(text: string, { resolve, testHosts }: TargetPorts): Promise<Target> {
  if (text.length > longestUrl || !URL.canParse(text)) throw new TargetRefused("the URL can't be read");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw new TargetRefused("the URL holds credentials");
  const isTestHost = testHosts.includes(url.host);
  if (url.protocol !== "https:" && !(isTestHost && url.protocol === "http:")) {
    throw new TargetRefused("only https is called");
  }
  if (url.port !== "" && !isTestHost) throw new TargetRefused("only port 443 is called");
  const hostname = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const addresses = isIP(hostname) === 0 ? await resolveName(hostname, resolve) : [hostname];
  const [address] = addresses;
  if (address === undefined) throw new TargetRefused("the name has no address");
  if (!isTestHost && !addresses.every(isPublicAddress)) {
    throw new TargetRefused("the name leads to an address that is not public");
  }
  return { url, address, port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
}

async function resolveName(hostname: string, resolve: TargetPorts["resolve"]): Promise<string[]> {
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(hostname)) {
    throw new TargetRefused("the host is no public name");
  }
  try {
    return await resolve(hostname);
  } catch {
    throw new TargetRefused("the name has no address");
  }
}
