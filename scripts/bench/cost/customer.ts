import { demoMachines } from "@app/sales-engine/testing.ts";
import { z } from "zod";
import written from "./customers.json" with { type: "json" };

const customer = z.strictObject({
  machine: z.enum(["packagingWholesaler", "gym"]),
  tenant: z.string(),
  contact: z.string(),
  language: z.string(),
  now: z.iso.datetime(),
  messages: z.array(z.string()),
});

/** One who writes to a demo tenant. */
export type Customer = z.infer<typeof customer>;

const [first, ...others] = z.tuple([customer], customer).parse(written);

/** The one whose conversation is priced. */
export const measuredCustomer: Customer = first;

/** All of them, of two tenants, to see whether prefixes stay the same. */
export const customers: Customer[] = [first, ...others];

/** The messages in bursts: each burst gets one turn. */
export function burstsOf({ messages }: Customer, size: number): string[][] {
  return Array.from(
    { length: Math.ceil(messages.length / size) },
    (_, burst) => messages.slice(burst * size, (burst + 1) * size),
  );
}

/** The machine that answers the customer. */
export function machineOf({ machine }: Customer) {
  return demoMachines[machine];
}
