import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import process from "node:process";
import { fileStorage } from "@app/local-supabase/testing.ts";
import type { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite/vector";

const root = new URL("../../", import.meta.url);
let database: PGlite;

/** The database of `npm start`, in memory: one superuser, Postgres 17 in WebAssembly. */
Deno.test.beforeAll(async () => {
  process.env.EXPERIMENTAL_STORAGE = "1";
  const { App } = await import("@supabase/lite");
  const { createPgliteConnection } = await import("@supabase/lite/pglite");
  const connection = await createPgliteConnection({
    url: "memory://",
    pgliteOptions: { extensions: { vector } },
  });
  database = connection.driver as PGlite;
  await database.exec(await read("packages/local-supabase/sql/roles.sql"));
  const app = new App({
    connection,
    api: { enabled: true, schemas: ["api"], max_rows: 1000 },
    auth: { enabled: true, jwt_secret: "only-used-to-create-the-schema-0123456789" },
    storage: { enabled: true },
  });
  // Without an adapter lite leaves schema storage out.
  app._storageAdapter = fileStorage(tmpdir());
  await app.ensureSystemSchema();
  await database.exec(await read("packages/local-supabase/sql/realtime.sql"));
  await database.exec(await read("packages/local-supabase/sql/grants.sql"));
  await database.exec(await read("packages/local-supabase/sql/storage.sql"));
});
Deno.test.afterAll(() => database.close());

function read(path: string): Promise<string> {
  return readFile(new URL(path, root), "utf8");
}

Deno.test("all migrations apply on PGlite, and a tenant is provisioned, used and dropped", async () => {
  const files = (await readdir(new URL("supabase/migrations/", root))).filter((name) => name.endsWith(".sql"))
    .sort();
  for (const file of files) {
    const text = await read(`supabase/migrations/${file}`);
    await database.transaction((transaction) => transaction.exec(text)).catch((cause: unknown) => {
      throw new Error(`Cannot apply ${file}`, { cause });
    });
  }
  const { rows: [tenant] } = await database.query<{ id: string }>(
    "select private.provision_tenant('bakery', 'The Bakery') as id",
  );
  assert.ok(tenant);
  const name = await database.transaction(async (transaction) => {
    await transaction.exec(
      "set local role client_bakery_worker; set local search_path = client_bakery, engine, extensions",
    );
    const { rows } = await transaction.query<{ name: string }>(
      "insert into contacts (name) values ('Ana') returning name",
    );
    return rows[0]?.name;
  });
  assert.equal(name, "Ana");
  await assert.rejects(
    database.transaction(async (transaction) => {
      await transaction.exec("set local role engine_router");
      await transaction.query("select from client_bakery.contacts");
    }),
    /permission denied/,
  );
  await database.query("select private.suspend_tenant($1)", [tenant.id]);
  await database.query("select private.drop_tenant($1)", [tenant.id]);
  const { rows } = await database.query("select from pg_roles where rolname like 'client%'");
  assert.equal(rows.length, 0);
  // WebAssembly's C runtime says there how its last error ended; it is not how this process ends.
  process.exitCode = 0;
});
