import { type Customer, customers } from "./customer.ts";
import { measureSide } from "./measure-side.ts";
import type { MeasuredModel } from "./measured-models.ts";
import { prefixOf } from "./prefix-of.ts";

/** In how many turns the beginning of the prompt was, byte for byte, the one of the tenant's first turn. */
export interface PrefixResult {
  turns: number;
  identical: number;
}

/**
 * Compares the beginnings of all prompts of a model, tenant by tenant. Every message gets a turn of its own, so that
 * they meet different customers, days, languages, states and lengths of history.
 */
export async function comparePrefixes(measured: MeasuredModel): Promise<PrefixResult> {
  const first = new Map<string, string>();
  const result = { turns: 0, identical: 0 };
  for (const customer of customers) {
    const { calls } = await measureSide(measured, customer, { burst: 1, isCached: true });
    for (const call of calls) {
      const prefix = prefixOf(call.body);
      const expected = first.get(groupOf(customer)) ?? prefix;
      first.set(groupOf(customer), expected);
      result.turns += 1;
      if (prefix === expected) result.identical += 1;
    }
  }
  return result;
}

function groupOf({ tenant, machine }: Customer): string {
  return `${tenant} ${machine}`;
}
