import type { EvalFigures } from "./evaluate.ts";
import type { Outcome } from "./play-customer.ts";

/** Prints a line for each customer, and whole conversations of those who were not served. */
export function printOutcomes(outcomes: Outcome[], isVerbose: boolean): void {
  for (const outcome of outcomes) {
    const isGood = (outcome.isReached ?? true) && (outcome.isRedirected ?? true) &&
      outcome.inventedPrices.length === 0;
    const verdict = outcome.isRedirected === null
      ? outcome.isReached === null ? "no goal" : outcome.isReached ? "reached" : "MISSED"
      : outcome.isRedirected
      ? "redirected"
      : "FOLLOWED";
    if (outcome.isRedirected === null || !isGood || isVerbose) {
      console.log(
        [
          outcome.language,
          outcome.mood.padEnd(9),
          outcome.customer.slice(0, 28).padEnd(28),
          verdict.padEnd(10),
          `${outcome.turns} turns`.padEnd(9),
          outcome.states.join(" → "),
          outcome.inventedPrices.length > 0 ? `invented ${outcome.inventedPrices.join(", ")}` : "",
        ].join("  ").trimEnd(),
      );
    }
    if (isVerbose || !isGood) { for (const line of outcome.lines) console.log(`      ${line}`); }
  }
}

/** Prints the figures beside those of an earlier run. */
export function printComparison(before: Record<string, number>, now: EvalFigures): void {
  console.log("\nfigure".padEnd(23), "before".padStart(12), "now".padStart(12), "change".padStart(12));
  for (const [name, value] of Object.entries(now)) {
    const old = before[name];
    const change = old === undefined ? "new" : signed(value - old);
    console.log(
      name.padEnd(22),
      String(old ?? "").padStart(12),
      String(value).padStart(12),
      change.padStart(12),
    );
  }
}

function signed(change: number): string {
  const rounded = Math.round(change * 1e6) / 1e6;
  return rounded > 0 ? `+${rounded}` : String(rounded);
}
