import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import process from "node:process";
import postgres from "postgres";
import { fileStorage } from "./api/file-storage.ts";

/** Makes what Supabase ships before the first migration: roles, `auth`, `storage`, `realtime`. Running it twice changes nothing. */
export async function ensureSystemSchema(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {}, prepare: false });
  try {
    await sql.unsafe(await read("roles.sql")).simple();
    await makeAuthAndStorage(adminUrl);
    const [found] = await sql`select to_regclass('realtime.messages') is not null as "hasRealtime"`;
    if (!found?.hasRealtime) await sql.unsafe(await read("realtime.sql")).simple();
    for (const name of ["grants.sql", "storage.sql"]) await sql.unsafe(await read(name)).simple();
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
  // Without an adapter lite leaves schema storage out.
  app._storageAdapter = fileStorage(tmpdir());
  await app.ensureSystemSchema();
  await connection.close?.();
}

function read(name: string): Promise<string> {
  return readFile(new URL(`../sql/${name}`, import.meta.url), "utf8");
}
