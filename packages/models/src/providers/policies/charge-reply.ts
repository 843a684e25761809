import { addSpending, type ModelReply, type ModelSpending } from "@app/sales-engine/mod.ts";

/** The reply with what failures before it cost. */
export function chargeReply(reply: ModelReply, before: ModelSpending): ModelReply {
  return { ...reply, ...addSpending(reply, before) };
}
