import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import { mapGraphError } from "./map-graph-error.ts";
import { graphFailure, type ProviderReply } from "./read-send-reply.ts";

/**
 * Asks Graph for something on which no message depends.
 *
 * @param action What is tried, for the error.
 * @throws {Unavailable} If there is no answer.
 */
export async function askGraph(
  action: string,
  request: () => Promise<ProviderReply>,
): Promise<ProviderReply> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof InvalidInput || cause instanceof Unavailable) throw cause;
    throw new Unavailable(`Cannot ${action}: no answer`, { cause });
  }
}

/** The error for an answer that is not the one hoped for. */
export function graphRefusal(action: string, { status, body }: ProviderReply): NotFound | Unavailable {
  const failure = graphFailure.safeParse(body);
  if (!failure.success) {
    return new Unavailable(`Cannot ${action}: status ${status} without an answer of Graph`);
  }
  const { code } = failure.data.error;
  const { title } = mapGraphError(failure.data.error, status);
  const isGone = code === 100 || code === 33 || code === 131009;
  const Refusal = isGone ? NotFound : Unavailable;
  return new Refusal(`Cannot ${action}: code ${code}, ${title}`);
}
