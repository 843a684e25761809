import { z } from "zod";

/** A file that is still with the provider. */
export const remoteMedia = z.object({
  externalId: z.string().max(500),
  mimeType: z.string().max(200),
  sha256: z.string().max(200).optional(),
  fileName: z.string().max(500).optional(),
  isVoice: z.boolean().optional(),
});

/** Parsed form of {@linkcode remoteMedia}. */
export type RemoteMedia = z.infer<typeof remoteMedia>;
