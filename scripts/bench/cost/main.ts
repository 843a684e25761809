/**
 * `npm run bench -- cost`: what the input of a conversation costs. A customer's 12 messages, merged two and two and
 * with the prompt laid out for the providers' caches, against the same engine without both. Needs no database.
 */
import { report } from "../report.ts";
import { comparePrefixes } from "./compare-prefixes.ts";
import { measuredCustomer } from "./customer.ts";
import { measureModel, type ModelResult } from "./measure-model.ts";
import { type MeasuredModel, measuredModels } from "./measured-models.ts";

const results: ModelResult[] = [];
const prefixes = { turns: 0, identical: 0 };
for (const measured of measuredModels) {
  const result = await measureModel(measured, measuredCustomer);
  print(measured, result);
  results.push(result);
  const { turns, identical } = await comparePrefixes(measured);
  prefixes.turns += turns;
  prefixes.identical += identical;
}

const saved = results.map(({ savedPct }) => savedPct);
report(
  "cost",
  {
    saved_pct: round(Math.min(...saved)),
    prefix_identical_pct: round(100 * prefixes.identical / prefixes.turns),
    best_saved_pct: round(Math.max(...saved)),
    least_static_tokens: Math.min(...results.map(({ staticTokens }) => staticTokens)),
    customer_messages: measuredCustomer.messages.length,
    prefix_turns: prefixes.turns,
  },
  "none",
  [
    ...new Set(
      measuredModels.map(({ provider, prices }) =>
        `prices of ${provider}: ${prices.source}, as of ${prices.asOf}`
      ),
    ),
    "saved_pct is that of the model that saves least; input only, cold caches on both sides, writes at their price",
    "stand-ins: the offline model writes the answers, doubles of the providers count tokens (4 characters each)",
  ],
);

function print({ provider, model }: MeasuredModel, { naive, ours, savedPct }: ModelResult): void {
  console.log(`${provider} ${model}: ${savedPct.toFixed(1)} % of the input cost saved`);
  for (const [name, side] of [["naive", naive], ["ours", ours]] as const) {
    console.log(
      `  ${
        name.padEnd(5)
      } ${side.turns} turns, ${side.calls.length} calls, ${side.inputTokens} input tokens ` +
        `(${side.cachedTokens} from the cache, ${side.writtenTokens} to it), USD ${side.inputUsd.toFixed(6)}`,
    );
  }
}

/** Downwards, so that no figure looks better than it is. */
function round(value: number): number {
  return Math.floor(value * 100) / 100;
}
