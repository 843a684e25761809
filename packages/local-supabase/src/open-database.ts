import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { CannotStart } from "./cannot-start.ts";
import { startPgliteThread } from "./gate/pglite-thread.ts";

/** The database that the platform runs on. */
export interface Database {
  kind: "pglite" | "postgres";
  /** Logs in as the superuser: for what Supabase itself does. */
  adminUrl: string;
  /** Logs in as `postgres`, which has no more rights than on Supabase. */
  url: string;
  stop(): Promise<void>;
}

/** Least version of a real Postgres: `grant … with inherit` came with it. */
const leastVersion = 16;

/**
 * Connects to `databaseUrl`, or opens PGlite in `folder`.
 *
 * @throws {CannotStart} When the server does not answer, is too old, or its user is no superuser.
 */
export async function openDatabase(options: {
  databaseUrl?: string;
  folder: string;
  port: number;
  say?: (line: string) => void;
}): Promise<Database> {
  if (options.databaseUrl !== undefined) return await connect(options.databaseUrl);
  const folder = join(options.folder, "db");
  await mkdir(folder, { recursive: true });
  const thread = await startPgliteThread({ folder, port: options.port, say: options.say });
  const adminUrl = `postgresql://supabase_admin@127.0.0.1:${thread.port}/postgres`;
  return { kind: "pglite", adminUrl, url: asRole(adminUrl, "postgres"), stop: thread.stop };
}

async function connect(databaseUrl: string): Promise<Database> {
  const sql = postgres(databaseUrl, { max: 1, prepare: false, connect_timeout: 10, onnotice: () => {} });
  try {
    const [row] = await sql<{ version: number; isSuperuser: boolean; user: string }[]>`
      select current_setting('server_version_num')::int / 10000 as version, rolsuper as "isSuperuser",
        rolname as user from pg_roles where rolname = current_user`;
    const { version = 0, isSuperuser = false, user = "" } = row ?? {};
    if (version < leastVersion) {
      throw new CannotStart(
        `Cannot use DATABASE_URL: wanted PostgreSQL ${leastVersion} or newer, it is ${version}`,
      );
    }
    if (!isSuperuser) {
      throw new CannotStart(`Cannot use DATABASE_URL: "${user}" is no superuser, locally it has to be one`);
    }
    // A server whose superuser is called as the product's role is used as it is, with more rights than hosted.
    const url = user === "postgres" ? databaseUrl : asRole(databaseUrl, "postgres");
    return { kind: "postgres", adminUrl: databaseUrl, url, stop: () => Promise.resolve() };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`Cannot reach the database of DATABASE_URL: ${reason}`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Lets the product's role log in with the password of DATABASE_URL, as its address says. */
export async function sharePassword({ adminUrl, url }: Database): Promise<void> {
  const password = decodeURIComponent(new URL(url).password);
  if (password === "" || url === adminUrl) return;
  const sql = postgres(adminUrl, { max: 1, prepare: false, onnotice: () => {} });
  try {
    const [row] = await sql<{ statement: string }[]>`
      select format('alter role postgres password %L', ${password}::text) as statement`;
    if (row) await sql.unsafe(row.statement);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function asRole(url: string, role: string): string {
  const changed = new URL(url);
  changed.username = role;
  return changed.href;
}
