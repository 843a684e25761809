import assert from "node:assert/strict";
import { NotFound, TooLarge, Unavailable } from "@app/contracts/mod.ts";
import { startTestApi, startTestDatabase } from "@app/local-supabase/testing.ts";
import { createClient } from "@supabase/supabase-js";
import { openStorage } from "./storage.ts";

const noTenant = { id: crypto.randomUUID(), schemaName: "client_nobody" };

Deno.test("openStorage() keeps each tenant's files in a bucket of its own", async () => {
  const database = await startTestDatabase();
  const api = await startTestApi(database);
  const admin = createClient(api.url, api.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  for (const bucket of ["client-files_a", "client-files_b"]) {
    assert.equal((await admin.storage.createBucket(bucket, { public: false })).error, null);
  }
  const secrets = {
    databaseUrl: "",
    sealing: "",
    models: { servers: [] },
    secretKeys: { storage: api.secretKey },
  };
  const files = openStorage({ supabaseUrl: api.url, secrets });
  const [a, b] = ["client_files_a", "client_files_b"].map((schemaName) => ({ ...noTenant, schemaName }));
  if (!a || !b) throw new Error("There are two tenants");
  const { signal } = new AbortController();
  const bytes = new TextEncoder().encode("a price list");

  await files.write(a, "inbound/año 1.txt", { bytes, mimeType: "text/plain" }, signal);
  await files.write(a, "inbound/año 1.txt", { bytes, mimeType: "text/plain" }, signal);
  assert.deepEqual(await files.read(a, "inbound/año 1.txt", 1_000, signal), bytes);
  await assert.rejects(files.read(b, "inbound/año 1.txt", 1_000, signal), NotFound);
  await assert.rejects(files.read(a, "inbound/año 1.txt", 5, signal), TooLarge);
  await assert.rejects(
    files.write(noTenant, "x", { bytes, mimeType: "text/plain" }, signal),
    Unavailable,
  );
  await api.stop();
  await assert.rejects(files.read(a, "inbound/año 1.txt", 1_000, signal), Unavailable);
  await database.stop();
});
