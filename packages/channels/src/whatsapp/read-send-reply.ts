import { z } from "zod";
import { providerId } from "./lenient.ts";
import { mapGraphError, mapStatus } from "./map-graph-error.ts";
import type { SendOutcome } from "./send-outcome.ts";

/** What Graph answers when it refuses anything. */
export const graphFailure = z.looseObject({
  error: z.looseObject({ code: z.number().int(), is_transient: z.boolean().optional().catch(undefined) }),
});

const acceptance = z.looseObject({ messages: z.tuple([z.looseObject({ id: providerId })], z.unknown()) });

/** An answer of the provider, read to its end. */
export interface ProviderReply {
  /** HTTP status. */
  status: number;
  /** The parsed body, or `undefined` if it is not JSON. */
  body: unknown;
  /** What a `Retry-After` header asks for, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * Tells from the answer to a send whether the message goes out. Pure.
 *
 * Only an answer of Graph itself, or a status that a server gives before it acts (300 to 499), counts as a refusal. A 5xx
 * of a proxy does not: Graph may have accepted behind it.
 */
export function readSendReply({ status, body, retryAfterMs }: ProviderReply): SendOutcome {
  const failure = graphFailure.safeParse(body);
  if (failure.success) return mapGraphError(failure.data.error, status, retryAfterMs);
  if (status >= 300 && status <= 499) return mapStatus(status, retryAfterMs);
  if (status >= 500) return { kind: "unknown", why: "unreadable_answer" };
  const accepted = acceptance.safeParse(body);
  if (!accepted.success) return { kind: "unknown", why: "accepted_without_id" };
  return { kind: "accepted", externalId: accepted.data.messages[0].id };
}
