import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import postgres from "postgres";
import { keepMail } from "./api/keep-mail.ts";
import { routeToApi } from "./api/route-api.ts";
import { type Api, startApi } from "./api/start-api.ts";
import { CannotStart } from "./cannot-start.ts";
import { functionsEnvironment } from "./functions-host/environment.ts";
import { superviseFunctions } from "./functions-host/supervisor.ts";
import { type Gateway, startGateway } from "./gateway/start-gateway.ts";
import { keepStatistics } from "./keep-statistics.ts";
import { type Keys, readKeys } from "./keys.ts";
import { lockFolder } from "./lock-folder.ts";
import { applyMigrations, BrokenMigration } from "./migrations.ts";
import { type Database, openDatabase, sharePassword } from "./open-database.ts";
import { listenForSchemaChanges } from "./schema-changes.ts";
import { startSchedules } from "./schedules.ts";
import { type ProjectConfig, readProjectConfig } from "./project-config.ts";
import { identitiesOf } from "./realtime/claims.ts";
import { startRealtime } from "./realtime/start-realtime.ts";
import { readSettings, type Settings } from "./settings.ts";
import { removeStatus, type Status, writeStatus } from "./status.ts";
import { ensureSystemSchema } from "./system-schema.ts";

/** How a platform is started. */
export interface PlatformOptions {
  /** The project's root; default: the current folder. */
  root?: string;
  /** Where data, keys and the status are kept; default `.local` in the root. */
  folder?: string;
  /** Wins over `.env`; default: the environment of this process. */
  environment?: Record<string, string>;
  /** Receives one line per step; default: the console. */
  say?: (line: string) => void;
  /** Reload functions when code changes; default true. */
  isWatching?: boolean;
}

/** A platform that is up. */
export interface Platform {
  status: Status;
  apiUrl: string;
  /** Logs in as the project's owner, with the rights that it has when hosted. */
  dbUrl: string;
  /** Logs in as the superuser. */
  adminDbUrl: string;
  /** The ring of keys that seals stored secrets. */
  secretsKeys: string;
  /** Adds to the status, in memory and in the file. */
  extendStatus(more: Partial<Status>): Promise<void>;
  /** Drains the functions and closes the database; 5 s at most. */
  stop(): Promise<void>;
}

/**
 * Starts everything, in order: gateway, database, system schemas, migrations, API, functions, realtime, schedules.
 *
 * @throws {CannotStart} For what a person can mend, in one sentence; nothing is left running.
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const root = options.root ?? process.cwd();
  const folder = options.folder ?? join(root, ".local");
  const say = options.say ?? console.log;
  const settings = readSettings(root, options.environment ?? Deno.env.toObject());
  const closers: (() => unknown)[] = [];
  try {
    await mkdir(folder, { recursive: true });
    const gateway = startGateway(settings.apiPort);
    closers.push(() => gateway.stop());
    closers.push(await lockFolder(folder));
    const config = await readProjectConfig(root);
    const keys = await readKeys(join(folder, "keys.json"));
    const database = await prepareDatabase({ settings, root, folder, say });
    closers.push(() => database.stop());
    const parts = {
      root,
      folder,
      say,
      settings,
      gateway,
      keys,
      database,
      config,
      isWatching: options.isWatching,
    };
    return await startParts(parts, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

interface Parts {
  root: string;
  folder: string;
  say: (line: string) => void;
  settings: Settings;
  gateway: Gateway;
  keys: Keys;
  database: Database;
  config: ProjectConfig;
  isWatching?: boolean;
}

async function prepareDatabase(
  { settings, root, folder, say }: Pick<Parts, "settings" | "root" | "folder" | "say">,
): Promise<Database> {
  say(settings.databaseUrl ? "Connecting to the database of DATABASE_URL" : "Opening PGlite in .local/db");
  const database = await openDatabase({
    databaseUrl: settings.databaseUrl,
    folder,
    port: settings.databasePort,
    say,
  });
  try {
    say("Preparing what Supabase ships: roles, auth, storage, realtime");
    await ensureSystemSchema(database.adminUrl);
    await sharePassword(database);
    const sql = postgres(database.url, { max: 1, onnotice: () => {}, prepare: false });
    try {
      await applyMigrations(sql, join(root, "supabase/migrations"), (name) => say(`Applied ${name}`));
    } finally {
      await sql.end({ timeout: 1 });
    }
    return database;
  } catch (error) {
    await database.stop();
    throw error instanceof BrokenMigration ? new CannotStart(error.message, { cause: error }) : error;
  }
}

async function startParts(parts: Parts, closers: (() => unknown)[]): Promise<Platform> {
  const { root, folder, say, settings, gateway, keys, database, config } = parts;
  const projectKeys = {
    publishable: keys.publishable_key,
    secret: { default: keys.secret_key, automations: keys.automations_key },
  };
  say("Starting REST, Auth and Storage");
  const api = await startLocalApi(parts);
  closers.push(() => api.stop());
  closers.push(await listenForSchemaChanges(database.url, () => api.forgetSchema()));

  say("Starting the functions");
  const environment = functionsEnvironment({ settings, keys, database, apiUrl: gateway.url });
  const logFile = join(folder, "functions.log");
  await writeFile(logFile, "");
  const functions = await superviseFunctions({
    root,
    environment,
    logFile,
    say,
    isWatching: parts.isWatching,
  });
  closers.push(() => functions.stop());

  const realtime = await startRealtime({
    adminUrl: database.adminUrl,
    identities: identitiesOf({
      publishable: keys.publishable_key,
      secret: Object.values(projectKeys.secret),
      jwtSecret: keys.jwt_secret,
    }),
    say,
  });
  closers.push(() => realtime.stop());

  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {}, prepare: false, idle_timeout: 5 });
  closers.push(() => admin.end({ timeout: 1 }));
  const toApi = routeToApi(api, projectKeys, { firstSchema: config.api.schemas[0], admin });
  gateway.open({
    "/rest/v1/": toApi,
    "/auth/v1/": toApi,
    "/storage/v1/": toApi,
    "/functions/v1/": (request) => functions.fetch(request),
    "/realtime/v1/": (request) => realtime.fetch(request),
  });
  closers.push(() => gateway.close());
  const schedules = startSchedules({
    call: (request) => functions.fetch(request),
    apiUrl: gateway.url,
    automationsKey: keys.automations_key,
    everySeconds: settings.sweepSeconds,
    say,
  });
  closers.push(() => schedules.stop());
  if (database.kind === "pglite") {
    const statistics = keepStatistics(database.adminUrl, say);
    closers.push(() => statistics.stop());
  }

  const file = join(folder, "status.json");
  const status: Status = {
    api_url: gateway.url,
    db_url: database.url,
    publishable_key: keys.publishable_key,
    secret_key: keys.secret_key,
    jwt_secret: keys.jwt_secret,
    apps: {},
    users: [],
  };
  await writeStatus(file, status);
  closers.push(() => removeStatus(file));
  let stopping: Promise<void> | undefined;
  return {
    status,
    apiUrl: gateway.url,
    dbUrl: database.url,
    adminDbUrl: database.adminUrl,
    secretsKeys: settings.secretsKeys ?? keys.secrets_keys,
    async extendStatus(more) {
      Object.assign(status, more);
      await writeStatus(file, status);
    },
    stop: () => stopping ??= closeAll(closers),
  };
}

function startLocalApi({ folder, keys, database, config, gateway, say }: Parts): Promise<Api> {
  return startApi({
    adminUrl: database.adminUrl,
    storageFolder: join(folder, "storage"),
    jwtSecret: keys.jwt_secret,
    publishableKey: keys.publishable_key,
    secretKey: keys.secret_key,
    config,
    poolSize: database.kind === "pglite" ? 2 : 10,
    siteUrl: gateway.url,
    sendMail: keepMail(join(folder, "mail"), say),
  });
}

/** In the opposite order of their start. */
async function closeAll(closers: (() => unknown)[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
