import type { Customer } from "./customer.ts";
import { measureSide, type SideResult } from "./measure-side.ts";
import type { MeasuredModel } from "./measured-models.ts";
import { prefixOf } from "./prefix-of.ts";

/** Both sides of the comparison for one model. */
export interface ModelResult {
  /** The same engine, a turn for every message, nothing cached. */
  naive: SideResult;
  /** Two messages to a turn, the prompt's beginning cached. */
  ours: SideResult;
  savedPct: number;
  /** Tokens that are the same in every turn, in the turn with the fewest. */
  staticTokens: number;
}

/** Characters that a token has on average. */
const charactersPerToken = 4;

/** Measures what merging and caching save of a conversation's input cost. */
export async function measureModel(measured: MeasuredModel, customer: Customer): Promise<ModelResult> {
  const naive = await measureSide(measured, customer, { burst: 1, isCached: false });
  const ours = await measureSide(measured, customer, { burst: 2, isCached: true });
  const lengths = ours.calls.map(({ body }) => prefixOf(body).length);
  return {
    naive,
    ours,
    savedPct: 100 * (1 - ours.inputUsd / naive.inputUsd),
    staticTokens: Math.floor(Math.min(...lengths) / charactersPerToken),
  };
}
