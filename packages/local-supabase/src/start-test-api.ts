import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { routeToApi } from "./api/route-api.ts";
import { startApi } from "./api/start-api.ts";
import { startGateway } from "./gateway/start-gateway.ts";
import { makeKeys } from "./keys.ts";
import { readProjectConfig } from "./project-config.ts";

/** REST, Auth and Storage in front of a test's database. */
export interface TestApi {
  url: string;
  publishableKey: string;
  secretKey: string;
  /** Signs people's tokens. */
  jwtSecret: string;
  stop(): Promise<void>;
}

/** Serves a database as the local platform does, with keys of its own and files in a temporary folder. */
export async function startTestApi({ adminUrl }: { adminUrl: string }): Promise<TestApi> {
  const keys = makeKeys();
  const folder = await mkdtemp(join(tmpdir(), "test-api-"));
  const api = await startApi({
    adminUrl,
    storageFolder: folder,
    jwtSecret: keys.jwt_secret,
    publishableKey: keys.publishable_key,
    secretKey: keys.secret_key,
    config: await readProjectConfig(process.cwd()),
    poolSize: 2,
  });
  const gateway = startGateway(0);
  const projectKeys = {
    publishable: keys.publishable_key,
    secret: { default: keys.secret_key, automations: keys.automations_key },
  };
  const route = routeToApi(api, projectKeys, "api");
  gateway.open({ "/rest/v1/": route, "/auth/v1/": route, "/storage/v1/": route });
  return {
    url: gateway.url,
    publishableKey: keys.publishable_key,
    secretKey: keys.secret_key,
    jwtSecret: keys.jwt_secret,
    async stop() {
      await gateway.stop();
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
