import { readFile } from "node:fs/promises";
import process from "node:process";
import postgres from "postgres";

/** Makes what Supabase ships before the first migration: roles, `auth`, `storage`, `realtime`. Running it twice changes nothing. */
export async function ensureSystemSchema(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {}, prepare: false });
  try {
    await sql.unsafe(await read("roles.sql")).simple();
    await makeAuthAndStorage(adminUrl);
    const [found] = await sql`select to_regclass('realtime.messages') is not null as "hasRealtime"`;
    if (!found?.hasRealtime) await sql.unsafe(await read("realtime.sql")).simple();
    await sql.unsafe(await read("grants.sql")).simple();
  } finally {
    await sql.end();
  }
}

async function makeAuthAndStorage(adminUrl: string): Promise<void> {
  // Read when the module is loaded, so it is set first and the import is dynamic.
  process.env.EXPERIMENTAL_STORAGE = "1";
  const { App } = await import("@supabase/lite");
  const { createPostgresConnection } = await import("@supabase/lite/postgres");
  const connection = await createPostgresConnection({
    url: adminUrl,
    postgresOptions: { max: 1, onnotice: () => {}, prepare: false },
  });
  const app = new App({
    connection,
    api: { enabled: true, schemas: ["api"], max_rows: 1000 },
    auth: { enabled: true, jwt_secret: "only-used-to-create-the-schema-0123456789" },
    storage: { enabled: true },
  });
  await app.ensureSystemSchema();
  await connection.close?.();
}

function read(name: string): Promise<string> {
  return readFile(new URL(`../sql/${name}`, import.meta.url), "utf8");
}
