import { z } from "zod";
import { readConfig, settingNames } from "../../supabase/functions/_shared/config.ts";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";

/** Where to deploy, as whom, and what the functions are told. */
export interface DeploySettings {
  /** The project's reference: 20 small letters, as in its dashboard's address. */
  projectRef: string;
  /** A personal token, `sbp_…`, from the account's page of access tokens. */
  accessToken: string;
  /** Logs in as `postgres`, directly or through the session pooler: migrations need a session of their own. */
  databaseUrl: string;
  /** Supabase's own API. Default https://api.supabase.com. */
  managementUrl: string;
  /** Where the project answers. Default https://<ref>.supabase.co. */
  projectUrl: string;
  /** Where people open the apps; links in mails lead there. Absent: left as it is. */
  siteUrl?: string;
  /** Settings of the functions, by name. */
  secrets: Record<string, string>;
}

/** Something is missing or wrong in the settings; the message lists all of it by name. */
class WrongSettings extends Error {
  override name = "WrongSettings";
}

const shape = z.object({
  SUPABASE_PROJECT_REF: z.string().regex(/^[a-z]{20}$/, "expected 20 small letters"),
  SUPABASE_ACCESS_TOKEN: z.string().regex(/^sbp_\w+$/, "expected sbp_…"),
  SUPABASE_DB_URL: z.string().regex(
    /^postgres(ql)?:\/\//,
    "expected postgresql://… of the direct connection or the session pooler",
  ),
  SUPABASE_API_URL: z.url().default("https://api.supabase.com"),
  SUPABASE_URL: z.url().optional(),
  SITE_URL: z.url().optional(),
  SECRETS_KEYS: z.string().min(1, "expected at least one key: k1:<32 bytes in base64>"),
});

/**
 * Reads the environment.
 *
 * @throws {WrongSettings} With every problem at once, by name and without any value.
 */
export function readSettings(environment: Record<string, string | undefined>): DeploySettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = shape.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      present[String(path[0])] === undefined
        ? `${path.join(".")}: is missing`
        : `${path.join(".")}: ${message}`
    );
    throw new WrongSettings(`Cannot deploy, settings are wrong:\n  ${problems.join("\n  ")}`);
  }
  const values = parsed.data;
  const secrets = Object.fromEntries(settingNames.flatMap((name) => {
    const value = present[name];
    return value === undefined ? [] : [[name, value]];
  }));
  try {
    // As the functions will read them, so that a wrong value stops here and not in production.
    readConfig({ ...secrets, SUPABASE_DB_URL: values.SUPABASE_DB_URL });
    readSecretKeys(values.SECRETS_KEYS);
  } catch (cause) {
    throw new WrongSettings(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return {
    projectRef: values.SUPABASE_PROJECT_REF,
    accessToken: values.SUPABASE_ACCESS_TOKEN,
    databaseUrl: values.SUPABASE_DB_URL,
    managementUrl: values.SUPABASE_API_URL,
    projectUrl: values.SUPABASE_URL ?? `https://${values.SUPABASE_PROJECT_REF}.supabase.co`,
    ...(values.SITE_URL !== undefined && { siteUrl: values.SITE_URL }),
    secrets,
  };
}
