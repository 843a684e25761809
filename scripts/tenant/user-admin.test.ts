import assert from "node:assert/strict";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { sqlUserAdmin } from "./user-admin.ts";

Deno.test("sqlUserAdmin() makes a login that the local Auth accepts, once", async () => {
  const database = await startTestDatabase();
  const { App } = await import("@supabase/lite");
  const { createPostgresConnection } = await import("@supabase/lite/postgres");
  const connection = await createPostgresConnection({
    url: database.adminUrl,
    postgresOptions: { max: 1, prepare: false },
  });
  try {
    const app = new App({
      connection,
      api: { enabled: true, schemas: ["api"], max_rows: 1000 },
      auth: { enabled: true, jwt_secret: "only-for-this-test-0123456789abcdef" },
    });
    const users = sqlUserAdmin(database.sql);
    const made = await users.ensureUser("eva@bakery.test", "long-enough");
    assert.deepEqual(await users.ensureUser("eva@bakery.test", "another-one"), { id: made.id, isNew: false });
    const signIn = async (password: string) =>
      await app.fetch(
        new Request("http://127.0.0.1/auth/v1/token?grant_type=password", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email: "Eva@bakery.test", password }),
        }),
      );
    const accepted = await signIn("long-enough");
    assert.equal(accepted.status, 200);
    assert.equal((await accepted.json()).user.id, made.id);
    assert.equal((await signIn("another-one")).status, 400);
  } finally {
    await connection.close?.();
    await database.stop();
  }
});
