import { contactIdentity } from "@app/contracts/mod.ts";
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
  /** How long its number has to wait until it may be posted, in milliseconds; less than half a second. */
  wait_ms: z.number().nonnegative(),
  /** The file that stands with the message's row. */
  media_id: z.uuid().nullish(),
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
 * @throws {z.ZodError} If there is nobody to send it to.
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

const typed = z.looseObject({ type: z.string() });
const file = z.looseObject({ type: z.enum(["image", "audio", "video", "document", "sticker"]) });
const captioned = ["image", "video", "document"];

/** Content has a type; a message that a person wrote may hold its text alone, and its file beside it. */
function contentOf({ type, payload, content, media_id: storedMediaId }: ClaimedDelivery): unknown {
  const written = typed.safeParse(payload);
  const said = written.success ? written.data : saidOf(type, content);
  if (storedMediaId == null || !file.safeParse(said).success) return said;
  const isNamed = ["mediaExternalId", "link", "storedMediaId"].some((name) => name in said);
  return isNamed ? said : { ...said, storedMediaId };
}

function saidOf(type: string, content: string | null): { type: string } & Record<string, unknown> {
  if (!file.safeParse({ type }).success) return { type: "text", text: content };
  return { type, ...(content && captioned.includes(type) && { caption: content }) };
}
