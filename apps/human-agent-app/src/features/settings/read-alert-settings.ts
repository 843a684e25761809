import * as z from "zod/mini";

const minutes = (byDefault: number) => z.catch(z._default(z.number(), byDefault), byDefault);

const alertSettings = z.object({
  /** How long each step waits for somebody, in minutes. */
  ladder_minutes: z._default(
    z.object({ agent: minutes(2), next: minutes(3), owner: minutes(10) }),
    { agent: 2, next: 3, owner: 10 },
  ),
  /** How long before a request is late people are told again; 0: not. */
  due_soon_minutes: minutes(2),
  rounds: minutes(3),
  show_names: z._default(z.boolean(), true),
  /** The approved template that tells people on WhatsApp; null: nobody is. */
  template: z._default(
    z.nullable(z.object({ config_id: z.string(), name: z.string(), language: z.string() })),
    null,
  ),
});

/** How a tenant's people are told, with every default filled in: those of the SQL that acts by them. */
export type AlertSettings = z.infer<typeof alertSettings>;

/** Reads them from the settings of a tenant. */
export function readAlertSettings(settings: Record<string, unknown>): AlertSettings {
  return alertSettings.parse(settings["alerts"] ?? {});
}
