import { z } from "zod";

const text = z.object({ type: z.literal("text"), text: z.string().min(1).max(4096) });

const buttons = z.object({
  type: z.literal("buttons"),
  text: z.string().min(1).max(1024),
  /** One to three; ids come back when one is tapped. */
  buttons: z.array(z.object({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) })).min(1).max(
    3,
  ),
});

const media = z.object({
  type: z.enum(["image", "audio", "video", "document"]),
  /** The provider's id of an uploaded file. */
  mediaExternalId: z.string().min(1),
  caption: z.string().max(1024).optional(),
  fileName: z.string().max(240).optional(),
});

/** What is to be said, before a channel turns it into its own words. Limits are WhatsApp's, the narrowest of all. */
export const outboundContent = z.discriminatedUnion("type", [text, buttons, media]);

/** Parsed form of {@linkcode outboundContent}. */
export type OutboundContent = z.infer<typeof outboundContent>;
