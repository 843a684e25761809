import { z } from "zod";

const flag = z.union([z.boolean(), z.string().transform((text) => text === "true")]);

/** What a client asks for when it joins; unknown fields are ignored. */
export const joinRequest = z.object({
  config: z.object({
    broadcast: z.object({
      ack: flag.default(false),
      self: flag.default(false),
      replay: z.object({ since: z.number(), limit: z.number().int().default(25) }).optional(),
    }).prefault({}),
    presence: z.object({ key: z.string().default(""), enabled: flag.default(false) }).prefault({}),
    postgres_changes: z.array(z.unknown()).default([]),
    private: flag.default(false),
  }).prefault({}),
  access_token: z.string().nullish(),
  user_token: z.string().nullish(),
});

/** A join as the server reads it. */
export type JoinRequest = z.infer<typeof joinRequest>;

/** A presence message of a client. */
export const presenceRequest = z.object({
  event: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
});

/** A broadcast of a client. */
export const broadcastRequest = z.object({ event: z.string(), payload: z.unknown().optional() });
