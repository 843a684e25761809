import type { Refusal } from "@app/contracts/mod.ts";

const secondMs = 1_000;
const hourMs = 3_600_000;

/** Tries of one message after which the provider's stumbling is no accident. */
const mostRetries = 5;

/** How pauses grow: from the first, by a factor, to the longest. */
interface Growth {
  firstMs: number;
  factor: number;
  longestMs: number;
}

/** Meta's own rule for pairs: 4^x seconds, x from 0. */
const pairGrowth: Growth = { firstMs: secondMs, factor: 4, longestMs: hourMs };
const waitGrowth: Growth = { firstMs: 2 * secondMs, factor: 2, longestMs: hourMs };
const retryGrowth: Growth = { firstMs: secondMs, factor: 2, longestMs: 5 * 60 * secondMs };

/**
 * How long to wait before a refused message is sent again. Pure.
 *
 * The pause grows with each refusal, and is never shorter than `retryAfterMs`, what the provider or its rules ask for. Up
 * to a quarter is added by chance, so that messages that failed together do not come back together.
 *
 * @param refused What `mapGraphError` said, with its `code`.
 * @param attempt Refusals of this message before this one; 0 for the first.
 * @param random From 0 to below 1.
 * @returns Milliseconds, or `null`: sending it again makes no sense, by its action or after 5 retries.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
export function pauseBeforeRetry(
  refused: Pick<Refusal, "action" | "retryAfterMs"> & { code: number },
  attempt: number,
  random: number,
): number | null {
  const growth = growthOf(refused);
  if (growth === null || (refused.action === "retry" && attempt >= mostRetries)) return null;
  const grown = Math.min(growth.firstMs * growth.factor ** attempt, growth.longestMs);
  return Math.max(grown, refused.retryAfterMs ?? 0) * (1 + random / 4);
}

function growthOf({ action, code }: { action: Refusal["action"]; code: number }): Growth | null {
  if (code === 131056) return pairGrowth;
  if (action === "wait") return waitGrowth;
  return action === "retry" ? retryGrowth : null;
}
