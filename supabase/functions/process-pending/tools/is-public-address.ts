import { BlockList, isIP } from "node:net";

/**
 * Addresses that no tool of a tenant may reach: everything that IANA lists as not globally reachable, and what carries such an
 * address inside. https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry
 */
const closed4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Only this part of IPv6 is given out to the world; mapped, unique local, link-local, NAT64 and multicast are outside. */
const open6: [string, number] = ["2000::", 3];
const closed6: [string, number][] = [
  // Teredo, ORCHID, benchmarks and the rest of the protocol assignments.
  ["2001::", 23],
  ["2001:db8::", 32],
  // 6to4 carries an IPv4 address.
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

const closed = new BlockList();
for (const [network, prefix] of closed4) closed.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of closed6) closed.addSubnet(network, prefix, "ipv6");
const open = new BlockList();
open.addSubnet(...open6, "ipv6");

/** Whether an address belongs to the open internet. What is no address at all does not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, "ipv4");
    case 6:
      // A zone names an interface of this machine.
      return !address.includes("%") && open.check(address, "ipv6") && !closed.check(address, "ipv6");
    default:
      return false;
  }
}
