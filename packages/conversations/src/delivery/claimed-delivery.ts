import { contactIdentity, type OutboundContent, outboundContent } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { OutgoingMessage } from "../turns/work-ports.ts";

const claimedDelivery = z.object({
  message_id: z.uuid(),
  session_id: z.uuid(),
  config_id: z.uuid(),
  type: z.string(),
  content: z.string().nullable(),
  payload: z.unknown(),
  attempts: z.number(),
  lease_token: z.uuid(),
  reply_to: z.string().nullable(),
  identities: z.array(z.object({ kind: z.string(), external_id: z.string() })).nullable(),
});

/** What `engine.claim_deliveries` returns. */
export const claimedDeliveries = z.array(claimedDelivery);

/** A message that this worker has claimed for sending. */
export type ClaimedDelivery = z.infer<typeof claimedDelivery>;

/**
 * Writes a claimed message as a channel reads it.
 *
 * @throws {z.ZodError} If it holds nothing that can be sent, or nobody to send it to.
 */
export function toOutgoing(delivery: ClaimedDelivery): OutgoingMessage {
  const identities = z.array(contactIdentity).min(1).parse(
    delivery.identities?.map(({ kind, external_id }) => ({ kind, externalId: external_id })),
  );
  return {
    id: delivery.message_id,
    content: contentOf(delivery),
    identities,
    ...(delivery.reply_to !== null && { replyTo: delivery.reply_to }),
  };
}

/** A message that a person wrote may hold its text alone. */
function contentOf({ payload, content }: ClaimedDelivery): OutboundContent {
  const stored = outboundContent.safeParse(payload);
  return stored.success ? stored.data : outboundContent.parse({ type: "text", text: content });
}
