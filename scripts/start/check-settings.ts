import { CannotStart } from "@app/local-supabase/mod.ts";
import { readConfig } from "../../supabase/functions/_shared/config.ts";

/**
 * Refuses settings with which the functions would not start, before anything else takes its time. What the platform gives
 * the functions itself need not be there.
 *
 * @throws {CannotStart} With every problem at once, by name and without any value.
 */
export function checkSettings(values: Record<string, string | undefined>): void {
  try {
    readConfig({
      ...values,
      DATABASE_URL: values.DATABASE_URL || "postgresql://local",
      SECRETS_KEYS: values.SECRETS_KEYS || "local",
    });
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : String(error));
  }
}
