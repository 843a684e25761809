import { readFile } from "node:fs/promises";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import { ensureBucket, type StorageAccess } from "./bucket.ts";
import { connect } from "./connection.ts";
import { demoApp, demoPassword, demoTenants } from "./demo-tenants.ts";
import { provision } from "./provision.ts";

/** Where the demo goes. */
export interface DemoOptions {
  /** Logs in as the project's owner. */
  databaseUrl: string;
  /** The ring of keys that seals secrets: the setting `SECRETS_KEYS` of the functions. */
  secretsKeys: string;
  /** With it each tenant gets its bucket. */
  storage?: StorageAccess;
  /** The project's root as a `file:` URL ending in a slash. Default: this checkout. */
  root?: URL;
  /** Receives one line per step. Default: silence. */
  say?: (line: string) => void;
}

/** What people and the simulator need to know about the demo; plain JSON for `.local/status.json`. */
export interface Demo {
  users: { email: string; password: string; role: string; tenant: string }[];
  whatsapp: {
    app_id: string;
    app_secret: string;
    verify_token: string;
    /** The first tenant's number. */
    phone_number_id: string;
    numbers: {
      tenant: string;
      tenant_name: string;
      phone_number_id: string;
      display_phone_number: string;
      waba_id: string | undefined;
      access_token: string | undefined;
    }[];
  };
}

/** Makes the two demo tenants, or completes them; running it again changes nothing that is as it should be. */
export async function seedDemo(options: DemoOptions): Promise<Demo> {
  const root = options.root ?? new URL("../../", import.meta.url);
  const keys = readSecretKeys(options.secretsKeys);
  const sql = connect(options.databaseUrl);
  try {
    for (const { tenant, machineFile } of demoTenants) {
      const machine: unknown = JSON.parse(await readFile(new URL(machineFile, root), "utf8"));
      await provision(sql, tenant, {
        keys,
        app: demoApp,
        machine,
        say: (line) => options.say?.(`${tenant.slug}: ${line}`),
      });
      if (options.storage) await ensureBucket(options.storage, tenant.slug);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  return describeDemo();
}

/** The logins and numbers of the demo, without touching a database. */
function describeDemo(): Demo {
  const numbers = demoTenants.flatMap(({ tenant }) =>
    tenant.numbers.map((number) => ({
      tenant: tenant.slug,
      tenant_name: tenant.name,
      phone_number_id: number.phoneNumberId,
      display_phone_number: number.displayPhoneNumber,
      waba_id: number.wabaId,
      access_token: number.accessToken,
    }))
  );
  return {
    users: demoTenants.flatMap(({ tenant }) =>
      tenant.people.map(({ email, role }) => ({ email, password: demoPassword, role, tenant: tenant.slug }))
    ),
    whatsapp: {
      app_id: demoApp.appId,
      app_secret: demoApp.secret,
      verify_token: demoApp.verifyToken,
      phone_number_id: numbers[0]?.phone_number_id ?? "",
      numbers,
    },
  };
}
