import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import { ensureBucket, type StorageAccess } from "./bucket.ts";
import { demoApp } from "./demo-tenants.ts";
import { dropTenant } from "./drop.ts";
import { newTenant } from "./new-tenant.ts";
import { provision } from "./provision.ts";

const keys = readSecretKeys(`k1:${randomBytes(32).toString("base64")}`);
let database: TestDatabase;
Deno.test.beforeAll(async () => void (database = await startTestDatabase()));
Deno.test.afterAll(() => database.stop());

const number = {
  phoneNumberId: "555",
  displayPhoneNumber: "+591 555",
  appId: demoApp.appId,
  accessToken: "a-token",
};

Deno.test("provision() makes a login with a random password that it tells once", async () => {
  const wanted = newTenant.parse({
    slug: "bakery",
    name: "Bakery",
    numbers: [number],
    people: [{ email: "owner@bakery.test", role: "owner", displayName: "Eva" }],
  });
  const steps: string[] = [];
  const made = await provision(database.sql, wanted, { keys, app: demoApp, say: (line) => steps.push(line) });
  assert.equal(made.newLogins.length, 1);
  assert.match(made.newLogins[0]?.password ?? "", /^[\w-]{16}$/);
  assert.equal(steps.length, 4);
  assert.deepEqual((await provision(database.sql, wanted, { keys })).newLogins, []);
});

Deno.test("provision() takes no number from another tenant, and then leaves nothing of the new one", async () => {
  const thief = newTenant.parse({ slug: "thief", name: "Thief", numbers: [number] });
  await assert.rejects(provision(database.sql, thief, { keys }), /another tenant owns it/);
  assert.equal((await database.sql`select from pg_namespace where nspname = 'client_thief'`).length, 0);
});

Deno.test("provision() refuses a broken machine and leaves nothing of the tenant", async () => {
  const wanted = newTenant.parse({ slug: "broken", name: "Broken" });
  await assert.rejects(provision(database.sql, wanted, { keys, machine: { version: 1 } }), {
    name: "InvalidMachine",
  });
  assert.equal((await database.sql`select from public.tenants where slug = 'broken'`).length, 0);
});

/** The part of the Storage API that buckets need. It answers as Storage does, and fails to delete while told to. */
async function startStorage(): Promise<
  { access: StorageAccess; buckets: Set<string>; fails: boolean; server: Server }
> {
  const buckets = new Set<string>();
  const state = { fails: false };
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const [, , , , id, verb] = (request.url ?? "").split("/");
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(
          JSON.stringify(body),
        );
      const missing = () =>
        answer(400, { statusCode: "404", error: "Bucket not found", message: "Bucket not found" });
      if (request.headers.apikey !== "sb_secret_test") return answer(401, { message: "Invalid API key" });
      if (request.method === "POST" && !id) {
        const { id: name } = JSON.parse(new TextDecoder().decode(chunks[0]));
        buckets.add(name);
        return answer(200, { name });
      }
      if (!id || !buckets.has(id)) return missing();
      if (request.method === "GET") return answer(200, { id, name: id, public: false });
      if (state.fails) return answer(500, { message: "Storage is down" });
      if (verb !== "empty") buckets.delete(id);
      return answer(200, { message: "Successfully done" });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return Object.assign(state, {
    access: { url: `http://127.0.0.1:${port}`, secretKey: "sb_secret_test" },
    buckets,
    server,
  });
}

Deno.test("dropTenant() that is broken off at the files goes on when it is run again", async () => {
  const storage = await startStorage();
  try {
    await provision(database.sql, newTenant.parse({ slug: "doomed", name: "Doomed" }), { keys });
    await ensureBucket(storage.access, "doomed");
    await ensureBucket(storage.access, "doomed");
    assert.deepEqual([...storage.buckets], ["client-doomed"]);

    storage.fails = true;
    await assert.rejects(dropTenant(database.sql, "doomed", storage.access), /Storage is down/);
    const [left] = await database.sql`select status from public.tenants where slug = 'doomed'`;
    assert.equal(left?.status, "dropping");

    storage.fails = false;
    assert.equal(await dropTenant(database.sql, "doomed", storage.access), true);
    assert.equal(storage.buckets.size, 0);
    assert.equal((await database.sql`select from pg_roles where rolname = 'client_doomed_worker'`).length, 0);
    assert.equal(await dropTenant(database.sql, "doomed", storage.access), false);
  } finally {
    storage.server.close();
    await once(storage.server, "close");
  }
});
