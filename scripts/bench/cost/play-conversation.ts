import { type LanguageModel, runTurn } from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot, keepTurn } from "@app/sales-engine/testing.ts";
import { burstsOf, type Customer, machineOf } from "./customer.ts";

/**
 * Plays a customer's conversation with the engine, one turn for each burst of messages, and keeps it as the product
 * does.
 *
 * @param burst Messages that are merged into one turn.
 * @returns How many turns were taken.
 */
export async function playConversation(
  customer: Customer,
  model: LanguageModel,
  burst: number,
): Promise<number> {
  let snapshot = buildSnapshot(machineOf(customer), {
    now: customer.now,
    tenant: { name: customer.tenant, locale: customer.language },
    contact: { name: customer.contact },
  });
  const bursts = burstsOf(customer, burst);
  for (const texts of bursts) {
    const pending = texts.map((content, index) =>
      buildMessage({
        id: `message-${snapshot.history.length + index}`,
        seq: snapshot.history.length + index,
        content,
      })
    );
    const turn = { ...snapshot, pending };
    snapshot = keepTurn(turn, await runTurn(turn, { model, clock: { nowMs: () => 0 } }));
  }
  return bursts.length;
}
