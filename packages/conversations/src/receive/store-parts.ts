import { InvalidInput } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { CallBuilder, Database, FunctionCall } from "../ports.ts";
import type { Route } from "./receive-ports.ts";

/** Items of one kind, and the function that stores them; it can be called again with the same ones. */
export interface Part {
  items: readonly unknown[];
  call(call: CallBuilder, configId: string, items: readonly unknown[]): FunctionCall;
}

const stored = z.object({ stored: z.number().default(0) });

/**
 * Stores parts of a delivery, each list in a transaction of its own, one after the other. If the database refuses a list,
 * each of its items is tried alone, so that a bad one costs no other.
 *
 * @returns How many items were new.
 * @throws What the first refused item met, after all others were stored. What concerns the whole database or tenant
 * ({@linkcode Unavailable}, {@linkcode NotFound}) ends the work at once.
 */
export async function storeParts(
  parts: readonly Part[],
  route: Route,
  database: Database,
): Promise<number> {
  const refused: unknown[] = [];
  let sum = 0;
  for (const part of parts) {
    if (part.items.length === 0) continue;
    const store = async (items: readonly unknown[]) =>
      stored.parse(
        await database.callAsTenant(route.tenant, (call) => part.call(call, route.configId, items)),
      ).stored;
    try {
      sum += await store(part.items);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const item of part.items) {
        sum += await store([item]).catch((error) => {
          if (!(error instanceof InvalidInput)) throw error;
          refused.push(error);
          return 0;
        });
      }
    }
  }
  if (refused.length > 0) throw refused[0];
  return sum;
}
