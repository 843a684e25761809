import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { startPgliteThread } from "../gate/pglite-thread.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { makeKeys } from "../keys.ts";
import { listenForSchemaChanges } from "../schema-changes.ts";
import { ensureSystemSchema } from "../system-schema.ts";
import { routeToApi } from "./route-api.ts";
import { startApi } from "./start-api.ts";

const keys = makeKeys();
const folder = await mkdtemp(join(tmpdir(), "local-api-"));
const thread = await startPgliteThread({});
const adminUrl = `postgresql://supabase_admin@127.0.0.1:${thread.port}/postgres`;
await ensureSystemSchema(adminUrl);
const url = adminUrl.replace("supabase_admin", "postgres");
const owner = postgres(url, { max: 2, onnotice: () => {} });
await owner.unsafe(`
  create schema api;
  grant usage on schema api to anon, authenticated, service_role;
  create schema private;
  create table private.secrets (id int);
  alter table private.secrets enable row level security;
  create table api.notes (id int generated always as identity primary key, author uuid default auth.uid(), text text);
  alter table api.notes enable row level security;
  grant select, insert on api.notes to authenticated, service_role;
  create policy "Authors read their notes" on api.notes for select to authenticated using (author = (select auth.uid()));
  create policy "Authors write" on api.notes for insert to authenticated with check (author = (select auth.uid()));
  create function api.whoami() returns text language sql as $$ select current_user::text $$;
  create policy "People keep files in their own folder" on storage.objects for all to authenticated
    using ((storage.foldername(name))[1] = auth.uid()::text) with check ((storage.foldername(name))[1] = auth.uid()::text);
`);
const before = await privileges();
const api = await startApi({
  adminUrl,
  storageFolder: join(folder, "storage"),
  jwtSecret: keys.jwt_secret,
  publishableKey: keys.publishable_key,
  secretKey: keys.secret_key,
  config: {
    api: { schemas: ["api"], max_rows: 1000 },
    auth: { enable_signup: true, minimum_password_length: 8, jwt_expiry: 3600 },
  },
  poolSize: 2,
  siteUrl: "http://127.0.0.1",
  sendMail: () => Promise.resolve(),
});
const stopListening = await listenForSchemaChanges(url, () => api.forgetSchema());
const gateway = startGateway(0);
const projectKeys = {
  publishable: keys.publishable_key,
  secret: { default: keys.secret_key, automations: keys.automations_key },
};
const route = routeToApi(api, projectKeys, { firstSchema: "api" });
gateway.open({ "/rest/v1/": route, "/auth/v1/": route, "/storage/v1/": route });

Deno.test.afterAll(async () => {
  await stopListening();
  await api.stop();
  await owner.end();
  await gateway.stop();
  await thread.stop();
  await rm(folder, { recursive: true });
});

const options = { sanitizeOps: false, sanitizeResources: false };
const withoutSession = { auth: { persistSession: false, autoRefreshToken: false }, db: { schema: "api" } };

/** Every privilege of the roles that requests run as. */
async function privileges(): Promise<string[]> {
  const rows = await owner<{ line: string }[]>`
    select concat_ws(' ', relnamespace::regnamespace, relname, grantee::regrole, privilege_type) as line
    from pg_class, aclexplode(relacl)
    where grantee::regrole::text in ('anon', 'authenticated', 'service_role')
    union all select concat_ws(' ', nspname, grantee::regrole, privilege_type) from pg_namespace, aclexplode(nspacl)
    union all select concat_ws(' ', 'default', oid, defaclacl) from pg_default_acl order by 1`;
  return rows.map((row) => row.line);
}

async function signUp(email: string): Promise<SupabaseClient> {
  const client = createClient(gateway.url, keys.publishable_key, withoutSession);
  const { error } = await client.auth.signUp({ email, password: "correct horse" });
  assert.equal(error, null);
  return client as unknown as SupabaseClient;
}

Deno.test("startApi() signs people up and in, and lets policies decide what they see", options, async () => {
  const [ana, eva] = [await signUp("ana@example.com"), await signUp("eva@example.com")];
  await ana.from("notes").insert({ text: "mine" }).throwOnError();
  const again = createClient(gateway.url, keys.publishable_key, withoutSession);
  await again.auth.signInWithPassword({ email: "ana@example.com", password: "correct horse" });
  const wrong = await eva.auth.signInWithPassword({ email: "ana@example.com", password: "battery staple" });
  const [mine, hers] = await Promise.all([
    again.from("notes").select("text"),
    eva.from("notes").select("text"),
  ]);
  assert.deepEqual(mine.data, [{ text: "mine" }]);
  assert.deepEqual(hers.data, []);
  assert.equal(wrong.error?.status, 400);
});

Deno.test("startApi() runs a request as the role of its key or token", options, async () => {
  const roleOf = async (key: string) => {
    const client = createClient(gateway.url, key, withoutSession);
    return (await client.rpc("whoami")).data;
  };
  const person = await signUp("role@example.com");
  const roles = [
    await roleOf(keys.publishable_key),
    (await person.rpc("whoami")).data,
    await roleOf(keys.secret_key),
    await roleOf(keys.automations_key),
  ];
  const unknown = await fetch(`${gateway.url}/rest/v1/notes`, { headers: { apikey: "sb_secret_guess" } });
  const none = await fetch(`${gateway.url}/rest/v1/notes`);
  await Promise.all([unknown.body?.cancel(), none.body?.cancel()]);
  assert.deepEqual(roles, ["anon", "authenticated", "service_role", "service_role"]);
  assert.deepEqual([unknown.status, none.status], [401, 401]);
});

Deno.test(
  "startApi() and other clients of one PGlite do not mix roles or transactions",
  options,
  async () => {
    const rest = createClient(gateway.url, keys.publishable_key, withoutSession);
    const direct = postgres(url, { max: 3, onnotice: () => {} });
    const seen = { rest: new Set<unknown>(), direct: new Set<unknown>() };
    await Promise.all(Array.from({ length: 40 }, async (_, index) => {
      const [byRest] = await Promise.all([
        rest.rpc("whoami"),
        direct.begin(async (sql) => {
          await sql`set local role service_role`;
          await sql`insert into api.notes (text) values (${`rolled back ${index}`})`;
          const [row] = await sql`select current_user::text as role`;
          seen.direct.add(row?.role);
          throw new Error("rolled back on purpose");
        }).catch((error: Error) => assert.match(error.message, /on purpose/)),
      ]);
      seen.rest.add(byRest.data);
    }));
    const [left] = await direct`select count(*)::int from api.notes where text like 'rolled back%'`;
    await direct.end();
    assert.deepEqual([[...seen.rest], [...seen.direct]], [["anon"], ["service_role"]]);
    assert.equal(left?.count, 0);
  },
);

Deno.test("startApi() grants nothing that migrations did not grant", options, async () => {
  const client = createClient(gateway.url, keys.publishable_key, withoutSession);
  const { error } = await client.from("notes").select();
  assert.equal(error?.code, "42501");
  assert.deepEqual(await privileges(), before);
});

Deno.test("startApi() exposes schema api only, and nothing of lite's own pages", options, async () => {
  const headers = { apikey: keys.secret_key, "accept-profile": "private" };
  const other = await fetch(`${gateway.url}/rest/v1/secrets`, { headers });
  const system = await Promise.all(
    ["/_system", "/_system/info", "/rest/v1/..%2f..%2f_system", "/", "/rest/v1//_system"].map(
      async (path) => {
        const response = await fetch(gateway.url + path, { headers });
        await response.body?.cancel();
        return response.status;
      },
    ),
  );
  assert.equal((await other.json()).code, "PGRST106");
  assert.deepEqual(system, [404, 404, 404, 404, 404]);
});

Deno.test("startApi() sees a changed schema after notify pgrst", options, async () => {
  const client = createClient(gateway.url, keys.secret_key, withoutSession);
  const early = await client.from("late").select();
  await owner`create table api.late (id int)`;
  await owner`grant select on api.late to service_role`;
  await owner`notify pgrst, 'reload schema'`;
  let { data } = await client.from("late").select();
  for (let tries = 0; !data && tries < 50; tries++) ({ data } = await client.from("late").select());
  assert.equal(early.error?.code, "PGRST205");
  assert.deepEqual(data, []);
});

Deno.test("routeToApi() asks nobody to read what its sender has taken back", options, async () => {
  const body = new ReadableStream({
    start: (controller) => controller.error(new Error("The page was left")),
  });
  const left = new Request(`${gateway.url}/rest/v1/notes`, {
    method: "POST",
    headers: { apikey: keys.secret_key, "content-type": "application/json" },
    body,
  });
  const remoteAddr = { transport: "tcp" as const, hostname: "127.0.0.1", port: 1 };
  const { status } = await route(left, { remoteAddr, completed: Promise.resolve() });
  assert.equal(status, 499);
});

Deno.test("startApi() keeps files under policies, and signs addresses that work", options, async () => {
  const admin = createClient(gateway.url, keys.secret_key, withoutSession);
  const made = await admin.storage.createBucket("client-demo", { public: false });
  assert.equal(made.error, null);
  const [ana, eva] = [await signUp("files@example.com"), await signUp("thief@example.com")];
  const { data: { user } } = await ana.auth.getUser();
  const path = `${user?.id}/voice note.txt`;
  const files = ana.storage.from("client-demo");
  const uploaded = await files.upload(path, new Blob(["hello"], { type: "text/plain" }));
  assert.equal(uploaded.error, null);
  const signed = await files.createSignedUrl(path, 60);
  assert.equal(signed.error, null);
  const { signedUrl = "" } = signed.data ?? {};
  const fetched = await fetch(signedUrl);
  const part = await fetch(signedUrl, { headers: { range: "bytes=1-3" } });
  const stolen = await eva.storage.from("client-demo").download(path);
  assert.equal(await fetched.text(), "hello");
  assert.equal(fetched.headers.get("content-type")?.split(";")[0], "text/plain");
  assert.ok(["ell", "hello"].includes(await part.text()));
  assert.notEqual(stolen.error, null);
  const { data: signedUpload } = await files.createSignedUploadUrl(`${user?.id}/later.bin`);
  const later = await files.uploadToSignedUrl(
    `${user?.id}/later.bin`,
    signedUpload?.token ?? "",
    new Blob(["x".repeat(1000)]),
  );
  await files.upload(`${user?.id}/deep/er.txt`, new Blob(["x"]));
  const listed = await files.list(user?.id);
  assert.equal(later.error, null);
  assert.deepEqual(
    listed.data?.map((each) => [each.name, each.id === null]).sort(),
    [["deep", true], ["later.bin", false], ["voice note.txt", false]],
  );
  await files.remove([path]);
  assert.notEqual((await files.download(path)).error, null);
});
