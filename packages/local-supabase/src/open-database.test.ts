import assert from "node:assert/strict";
import postgres from "postgres";
import { startCluster } from "../../../scripts/postgres17/cluster.mjs";
import { CannotStart } from "./cannot-start.ts";
import { openDatabase, sharePassword } from "./open-database.ts";
import { ensureSystemSchema } from "./system-schema.ts";

Deno.test("openDatabase() uses a real Postgres as its superuser, and refuses any other user", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const cluster = await startCluster({});
  try {
    const withPassword = cluster.adminUrl.replace("supabase_admin@", "supabase_admin:it's%20secret@");
    const database = await openDatabase({ databaseUrl: withPassword, folder: "", port: 0 });
    await ensureSystemSchema(database.adminUrl);
    await ensureSystemSchema(database.adminUrl);
    await sharePassword(database);
    const sql = postgres(database.url, { max: 1 });
    const [owner] = await sql`
      select current_user::text as name, rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user`;
    await sql.end();
    const admin = postgres(database.adminUrl, { max: 1 });
    const [stored] =
      await admin`select rolpassword is not null as "hasPassword" from pg_authid where rolname = 'postgres'`;
    await admin.end();
    assert.deepEqual({ ...owner }, {
      name: "postgres",
      rolsuper: false,
      rolcreaterole: true,
      rolbypassrls: true,
    });
    assert.equal(stored?.hasPassword, true);
    await assert.rejects(
      openDatabase({ databaseUrl: database.url, folder: "", port: 0 }),
      (error) => error instanceof CannotStart && /"postgres" is no superuser/.test(error.message),
    );
  } finally {
    await cluster.stop();
  }
});
