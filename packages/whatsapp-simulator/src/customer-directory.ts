import { z } from "zod";
import { BSUID, bsuidOf, phoneDigits } from "./identifiers.ts";
import { InvalidInput } from "./invalid-input.ts";
import type { Customer } from "./ledger-event.ts";
import type { Simulation } from "./simulation.ts";
import type { World } from "./world.ts";

/** A person to add or change, as the control API takes it. */
export const customerInput = z.object({
  /** With or without `+`. */
  phone: z.string().transform(phoneDigits).refine((digits) => digits !== "", {
    message: "Not a phone number",
  })
    .optional(),
  /** Without a phone: whom the business knows by BSUID alone. With one: made from it if left out. */
  bsuid: z.string().regex(BSUID).optional(),
  name: z.string().trim().min(1).max(512).optional(),
  username: z.string().min(1).max(64).optional(),
  shares_phone: z.boolean().optional(),
}).strict().refine((input) => input.phone !== undefined || input.bsuid !== undefined, {
  message: "phone or bsuid is required",
});

/**
 * Adds a person, or changes the given facts of one who is known by that phone or BSUID.
 *
 * @param person Who it is, where phone and BSUID are about to change.
 */
export async function saveCustomer(
  { world, ledger }: Simulation,
  { phone: newPhone, bsuid: newBsuid, ...input }: z.infer<typeof customerInput>,
  person?: Customer,
): Promise<Customer> {
  const known = person ?? world.customerBy(newPhone ?? "") ?? world.customerBy(newBsuid ?? "");
  const phone = newPhone ?? known?.phone;
  const stranger = phone ? strangerOf(world, phone) : undefined;
  const bsuid = newBsuid ?? known?.bsuid ?? stranger?.bsuid ?? "";
  const username = input.username ?? known?.username;
  const profile: Customer = {
    id: known?.id ?? stranger?.id ?? bsuid,
    ...(phone && { phone }),
    bsuid,
    name: input.name ?? known?.name ?? (phone ? `+${phone}` : bsuid),
    ...(username && { username }),
    shares_phone: input.shares_phone ?? known?.shares_phone ?? true,
  };
  if (JSON.stringify(profile) !== JSON.stringify(known)) {
    await ledger.append({ kind: "customer", customer: profile.id, profile });
  }
  return profile;
}

/** How somebody new with this phone is called. Whoever had the phone before keeps the old name and user id. */
export function strangerOf(world: World, phone: string): { id: string; bsuid: string } {
  for (let owner = 1;; owner++) {
    const name = owner === 1 ? phone : `${phone}-${owner}`;
    if (!world.customers.has(name)) return { id: name, bsuid: bsuidOf(name) };
  }
}

/**
 * The person whom a path or query names by phone (with or without `+`) or BSUID; whoever is unknown is added.
 *
 * @throws {InvalidInput} If it is neither.
 */
export async function customerNamed(simulation: Simulation, written: string): Promise<Customer> {
  const phone = phoneDigits(written);
  const known = simulation.world.customerBy(phone || written);
  if (known) return known;
  if (phone) return await saveCustomer(simulation, { phone });
  if (BSUID.test(written)) return await saveCustomer(simulation, { bsuid: written });
  throw new InvalidInput(`customer: "${written}" is neither a phone number nor a BSUID`);
}
