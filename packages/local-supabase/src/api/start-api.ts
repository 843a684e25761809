import process from "node:process";
import { withoutOwnGrants } from "./without-own-grants.ts";
import type { ProjectConfig } from "../project-config.ts";
import { fileStorage } from "./file-storage.ts";
import { passJson } from "./pass-json.ts";
import { redirected } from "./redirects.ts";
import type { Mail } from "./keep-mail.ts";

/** REST, Auth and Storage: what answers below `/rest/v1`, `/auth/v1` and `/storage/v1`. */
export interface Api {
  fetch(request: Request): Promise<Response>;
  /** Reads the schema again at the next request. */
  forgetSchema(): Promise<void>;
  stop(): Promise<void>;
}

/** How the API is set up; the keys are those of `.local/keys.json`. */
export interface ApiOptions {
  adminUrl: string;
  storageFolder: string;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  config: ProjectConfig;
  /** Connections to the database. */
  poolSize: number;
  /** Where links in mails lead: the project's address on this machine. */
  siteUrl: string;
  sendMail(mail: Mail): Promise<void>;
}

/** Starts `@supabase/lite` on a database that has its system schemas; the first exposed schema is the one meant when none is named. */
export async function startApi(options: ApiOptions): Promise<Api> {
  // Read when the module is loaded, so it is set first and the import is dynamic.
  process.env.EXPERIMENTAL_STORAGE = "1";
  const { App } = await import("@supabase/lite");
  const { createPostgresConnection } = await import("@supabase/lite/postgres");
  const connection = createPostgresConnection({
    url: options.adminUrl,
    postgresOptions: { max: options.poolSize, onnotice: () => {}, prepare: false },
  });
  withoutOwnGrants(connection);
  passJson(connection);
  const app = new App({
    connection,
    api: { enabled: true, ...options.config.api },
    auth: {
      enabled: true,
      ...options.config.auth,
      site_url: options.siteUrl,
      jwt_secret: options.jwtSecret,
      publishable_key: options.publishableKey,
      secret_key: options.secretKey,
    },
    storage: { enabled: true },
    options: {
      server: { disableStudio: true, disableFallback: true },
      drivers: { email: { send: (mail) => options.sendMail(redirected(mail)) } },
    },
  });
  app._storageAdapter = fileStorage(options.storageFolder);
  await app.init();
  return {
    fetch: (request) => app.fetch(request, { peerAddress: "127.0.0.1" }),
    forgetSchema: () => connection.clearSchemaCache(),
    stop: () => connection.close(),
  };
}
