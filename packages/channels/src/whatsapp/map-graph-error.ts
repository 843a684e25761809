import type { Refusal } from "@app/contracts/mod.ts";
import { graphErrors } from "./graph-error-table.ts";
import type { Refused } from "./send-outcome.ts";

/** What Graph says when it refuses, as far as it decides anything. */
export interface GraphError {
  code: number;
  /** Graph's own word that the same request can succeed later. */
  is_transient?: boolean;
}

const minuteMs = 60_000;

/** Longest pause that a provider can ask of us, in milliseconds: a day. */
const longestPauseMs = 24 * 60 * minuteMs;

/**
 * Translates a refusal of Graph into what to do about it. Decides by the code alone where it is known; its words may
 * quote the access token, so titles are ours.
 *
 * @param error Graph's error object, of an answer or of a failed status.
 * @param status HTTP status, which decides only for codes that are not known; 400 for a status, which has none.
 * @param retryAfterMs What a `Retry-After` header asks for; it outweighs our own pause, up to a day.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export function mapGraphError(error: GraphError, status: number, retryAfterMs?: number): Refused {
  return refused(error.code, graphErrors.get(error.code) ?? meaningOfUnknown(error, status), retryAfterMs);
}

/**
 * Translates a refusal that is not Graph's own: a proxy answered, or the address is wrong. The message is not at fault.
 *
 * @param status HTTP status, 300 to 499; it stands in for the code.
 */
export function mapStatus(status: number, retryAfterMs: number | undefined): Refused {
  const title = `The answer is not WhatsApp's, with status ${status}`;
  if (status === 429) return refused(status, { action: "wait", title, retryAfterMs: minuteMs }, retryAfterMs);
  return refused(status, { action: "retry", title }, retryAfterMs);
}

function refused(code: number, meaning: Refusal, askedPauseMs: number | undefined): Refused {
  const { retryAfterMs, ...rest } = meaning;
  const canWait = meaning.action === "wait" || meaning.action === "retry";
  const pauseMs = canWait ? askedPauseMs ?? retryAfterMs : undefined;
  return {
    kind: "refused",
    code,
    ...rest,
    ...(pauseMs !== undefined && { retryAfterMs: Math.min(pauseMs, longestPauseMs) }),
  };
}

function meaningOfUnknown({ code, is_transient: isTransient }: GraphError, status: number): Refusal {
  if (code >= 200 && code <= 299) {
    return { action: "stop_channel", title: "The app lacks a permission", alert: "owner" };
  }
  const title = `WhatsApp refused with code ${code}`;
  if (status === 429) return { action: "wait", title, retryAfterMs: minuteMs };
  return { action: isTransient === true || status >= 500 ? "retry" : "give_up", title };
}
