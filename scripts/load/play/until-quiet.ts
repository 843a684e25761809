import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import { pause, type Product } from "./start-product.ts";

/**
 * Waits until the product has acknowledged every message, nothing is due, and nothing that it kept waits for its replay.
 *
 * @returns How long it took in seconds, and whether it did.
 */
export async function untilQuiet(
  { stage, sql }: Product,
  patienceMs: number,
): Promise<{ seconds: number; isQuiet: boolean }> {
  const startedAt = Date.now();
  const open = new Set<string>();
  let since = 0;
  let isQuiet = false;
  while (!isQuiet && Date.now() - startedAt < patienceMs) {
    await pause(250);
    const fresh = await stage.simulator.ledger(since);
    since = fresh.at(-1)?.seq ?? since;
    for (const event of fresh) follow(open, event);
    const due = await sql<{ count: number }[]>`
      select (select count(*) from private.due_work)::int
        + (select count(*) from private.failed_webhooks where status = 'waiting')::int as count`
      .catch(() => []);
    isQuiet = due[0]?.count === 0 && open.size === 0;
  }
  return { seconds: Math.round((Date.now() - startedAt) / 100) / 10, isQuiet };
}

function follow(open: Set<string>, event: LedgerEvent): void {
  if (event.kind === "inbound") open.add(event.wamid);
  if (event.kind === "inbound_acknowledged") open.delete(event.wamid);
}
