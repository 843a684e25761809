import { z } from "zod";

/** A receipt is brought back by whoever holds this: it is shown to the device that was told and to nobody else. */
const receipt = z.object({ tenant_id: z.uuid(), token: z.uuid() });

/**
 * What a device is told: codes and a name, from which its service worker makes words. Nothing that a customer wrote is in
 * it, since a lock screen shows it to whoever passes by.
 */
export const pushNotice = z.discriminatedUnion("kind", [
  /** Only shows that notifications arrive. */
  z.object({ kind: z.literal("trial"), slug: z.string() }),
  z.object({
    /** A person is wanted; is still wanted and will soon be late; something that was promised is due. */
    kind: z.enum(["request", "due_soon", "promise"]),
    slug: z.string(),
    session_id: z.uuid(),
    /** What the contact is called; null where the tenant shows no names outside the app. */
    name: z.string().nullable(),
    /** Why a person is wanted: the category or reason of the request, as a code. */
    category: z.string(),
    urgency: z.enum(["low", "normal", "high"]),
    receipt,
  }),
  z.object({
    /** A colleague gave the person a conversation; the bot took one of theirs back, since they were silent. */
    kind: z.enum(["assigned", "handed_back"]),
    slug: z.string(),
    session_id: z.uuid(),
    name: z.string().nullable(),
  }),
]);

/** Parsed form of {@linkcode pushNotice}. */
export type PushNotice = z.infer<typeof pushNotice>;

/** The notice as it travels: in the language that the device was switched on in. */
export type PushMessage = PushNotice & { language: "es" | "en" | "pt" };
