import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import postgres from "postgres";
import type { Mail } from "./api/keep-mail.ts";
import { routeToApi } from "./api/route-api.ts";
import { startApi } from "./api/start-api.ts";
import { startGateway } from "./gateway/start-gateway.ts";
import { makeKeys } from "./keys.ts";
import { readProjectConfig } from "./project-config.ts";

/** REST, Auth and Storage in front of a test's database, set up as the platform sets them up. */
export interface TestApi {
  /** Of the project, as supabase-js takes it. */
  url: string;
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
  /** What Auth sent, oldest first. */
  mails: Mail[];
  stop(): Promise<void>;
}

/** Starts them; about 1 s. @param database Its superuser's address. */
export async function startTestApi(database: { adminUrl: string }): Promise<TestApi> {
  const keys = makeKeys();
  const folder = await mkdtemp(join(tmpdir(), "test-api-"));
  const mails: Mail[] = [];
  const gateway = startGateway(0);
  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
  const config = await readProjectConfig(process.cwd());
  const api = await startApi({
    adminUrl: database.adminUrl,
    storageFolder: folder,
    jwtSecret: keys.jwt_secret,
    publishableKey: keys.publishable_key,
    secretKey: keys.secret_key,
    config,
    poolSize: 4,
    siteUrl: gateway.url,
    sendMail: (mail) => Promise.resolve(void mails.push(mail)),
  });
  const projectKeys = {
    publishable: keys.publishable_key,
    secret: { default: keys.secret_key, automations: keys.automations_key },
  };
  const route = routeToApi(api, projectKeys, { firstSchema: config.api.schemas[0], admin });
  gateway.open({ "/rest/v1/": route, "/auth/v1/": route, "/storage/v1/": route });
  return {
    url: gateway.url,
    publishableKey: keys.publishable_key,
    secretKey: keys.secret_key,
    jwtSecret: keys.jwt_secret,
    mails,
    async stop() {
      await gateway.stop();
      await api.stop();
      await admin.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
