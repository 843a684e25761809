import { randomBytes } from "node:crypto";
import { type RunningSimulator, startSimulator } from "@app/whatsapp-simulator/testing.ts";
import { freePort, startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { app, type StagedTenant, stageTenants, type TenantSettings } from "./tenants.ts";

/** What a run asks of its stage. */
export interface StageOptions {
  tenants: number;
  /** In milliseconds. */
  debounce: { ms: number; maxMs: number };
  /** Settings of the tenants; default: the offline model. */
  tenantSettings?: TenantSettings;
  /** Settings of the functions, by name of the environment variable. */
  settings?: Record<string, string>;
  /** Lines of postgresql.conf beside the stage's own. */
  databaseSettings?: string[];
  /** How the simulator behaves; see its README. */
  simulator?: Parameters<typeof startSimulator>[0];
}

/** A real database with tenants, and Meta's side in a process of its own. The product itself is started by the run. */
export interface Stage {
  database: TestDatabase;
  simulator: RunningSimulator;
  tenants: StagedTenant[];
  /** Where the functions are to listen. */
  functionsPort: number;
  /** `http://127.0.0.1:<port>/functions/v1`. */
  functionsUrl: string;
  /** The key that schedules show on `apikey`. */
  secretKey: string;
  /** The environment of the functions. */
  environment: Record<string, string>;
  /** The same stage as a second process of the functions sees it: on a port of its own, called by nobody but itself. */
  besideFunctions(): Stage;
  stop(): Promise<void>;
}

/** Sets a stage: PostgreSQL 17 that waits for its disk, the product's migrations, tenants, a simulator. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const database = await startTestDatabase({
    settings: [
      "fsync = on",
      "shared_buffers = 512MB",
      "max_wal_size = 4GB",
      ...options.databaseSettings ?? [],
    ],
  });
  const sealingKeys = `k1:${randomBytes(32).toString("base64")}`;
  const tenants = await stageTenants(database.sql, options.tenants, sealingKeys, options);
  const functionsPort = freePort();
  const functionsUrl = `http://127.0.0.1:${functionsPort}/functions/v1`;
  const simulator = await startSimulator({
    ...options.simulator,
    apps: [{
      app_id: app.appId,
      app_secret: app.secret,
      verify_token: app.verifyToken,
      webhook_url: `${functionsUrl}/webhook-whatsapp`,
    }],
    numbers: tenants.map((tenant) => ({
      phone_number_id: tenant.phoneNumberId,
      waba_id: "208000000",
      app_id: app.appId,
      display_phone_number: tenant.displayPhoneNumber,
      name: tenant.name,
      access_token: tenant.accessToken,
    })),
  });
  const secretKey = `sb_secret_${randomBytes(16).toString("hex")}`;
  const stage: Stage = {
    database,
    simulator,
    tenants,
    functionsPort,
    functionsUrl,
    secretKey,
    environment: {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: "6",
      SUPABASE_URL: `http://127.0.0.1:${functionsPort}`,
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey, automations: secretKey }),
      SECRETS_KEYS: sealingKeys,
      META_GRAPH_BASE_URL: simulator.graphUrl,
      ...options.settings,
    },
    besideFunctions() {
      const port = freePort();
      const origin = `http://127.0.0.1:${port}`;
      const environment = { ...stage.environment, SUPABASE_URL: origin };
      return { ...stage, functionsPort: port, functionsUrl: `${origin}/functions/v1`, environment };
    },
    async stop() {
      await simulator.stop();
      await database.stop();
    },
  };
  return stage;
}
