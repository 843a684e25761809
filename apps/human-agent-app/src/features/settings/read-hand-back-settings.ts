import * as z from "zod/mini";

const handBackSettings = z.object({
  /** After so many minutes of a person's silence; null: never. */
  after_minutes: z._default(z.nullable(z.number()), null),
  /** Whether what was promised is kept when a person resolves a conversation. */
  on_resolve: z._default(z.boolean(), false),
});

/** When conversations go back to the bot by themselves, with every default filled in. */
type HandBackSettings = z.infer<typeof handBackSettings>;

/** Reads them from the settings of a tenant. */
export function readHandBackSettings(settings: Record<string, unknown>): HandBackSettings {
  return handBackSettings.parse(settings["hand_back"] ?? {});
}
