import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { compare } from "bcryptjs";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import {
  channelSecretContext,
  metaAppContext,
  open,
  readSecretKeys,
} from "../../supabase/functions/_shared/sealed-secrets.ts";
import { demoApp, demoPassword } from "./demo-tenants.ts";
import { type Demo, seedDemo } from "./seed-demo.ts";

const secretsKeys = `k1:${randomBytes(32).toString("base64")}`;
let database: TestDatabase;
let demo: Demo;
Deno.test.beforeAll(async () => {
  database = await startTestDatabase();
  demo = await seedDemo({ databaseUrl: database.url, secretsKeys });
});
Deno.test.afterAll(() => database.stop());

Deno.test("seedDemo() makes two tenants with different machines that are live", async () => {
  const { sql } = database;
  const tenants =
    await sql`select slug, settings #>> '{model,provider}' as model from public.tenants order by slug`;
  assert.deepEqual([...tenants], [{ slug: "carton", model: "offline" }, { slug: "gym", model: "offline" }]);
  const definitions = await sql`
    select version, definition ->> 'initial' as initial from client_carton.state_machine_versions where published_at is not null
    union all
    select version, definition ->> 'initial' from client_gym.state_machine_versions where published_at is not null`;
  assert.equal(definitions.length, 2);
  const [same] = await sql`
    select c.definition = g.definition as "isSame"
    from client_carton.state_machine_versions c, client_gym.state_machine_versions g`;
  assert.equal(same?.isSame, false);
});

Deno.test("seedDemo() makes owner, admin and agent of each tenant, who log in with the shown password", async () => {
  assert.deepEqual(demo.users.map((user) => `${user.role} ${user.email} ${user.tenant}`), [
    "owner owner@carton.demo carton",
    "admin admin@carton.demo carton",
    "agent agent@carton.demo carton",
    "owner owner@gym.demo gym",
    "admin admin@gym.demo gym",
    "agent agent@gym.demo gym",
  ]);
  const stored = await database.sql<{ email: string; password: string; role: string; tenant: string }[]>`
    select u.email, u.encrypted_password as password, m.role, t.slug as tenant
    from auth.users u join public.tenant_members m on m.user_id = u.id join public.tenants t on t.id = m.tenant_id`;
  for (const user of demo.users) {
    const login = stored.find((row) => row.email === user.email);
    assert.deepEqual([login?.role, login?.tenant], [user.role, user.tenant]);
    assert.ok(await compare(demoPassword, login?.password ?? ""));
  }
});

Deno.test("seedDemo() routes one number per tenant and seals its token and the app's secrets", async () => {
  const { sql } = database;
  const keys = readSecretKeys(secretsKeys);
  const [app] = await sql`
    select secret_key_id as "keyId", secret_nonce as nonce, secret_ciphertext as ciphertext from private.meta_apps`;
  assert.ok(app);
  assert.equal(
    open(
      { keyId: app.keyId, nonce: app.nonce, ciphertext: app.ciphertext },
      keys,
      metaAppContext(demoApp.appId, "secret"),
    ),
    demo.whatsapp.app_secret,
  );
  assert.ok(!app.ciphertext.includes(demoApp.secret));
  for (const number of demo.whatsapp.numbers) {
    const [row] = await sql`
      select c.id, c.settings ->> 'app_id' as "appId", t.slug, s.key_id as "keyId", s.nonce, s.ciphertext
      from public.client_configs c
      join public.tenants t on t.id = c.client_id
      join private.channel_secrets s on s.config_id = c.id
      where c.channel_type = 'whatsapp' and c.channel_id = ${number.phone_number_id}`;
    assert.ok(row);
    assert.deepEqual([row.slug, row.appId], [number.tenant, demo.whatsapp.app_id]);
    const sealed = { keyId: row.keyId, nonce: row.nonce, ciphertext: row.ciphertext };
    assert.equal(open(sealed, keys, channelSecretContext(row.id, "access_token")), number.access_token);
  }
});

Deno.test("seedDemo() again changes nothing and keeps what people changed", async () => {
  const { sql } = database;
  const count = async () => {
    const [row] = await sql`
      select (select count(*) from public.tenants) as tenants, (select count(*) from auth.users) as users,
        (select count(*) from public.tenant_members) as members, (select count(*) from public.client_configs) as numbers,
        (select count(*) from client_carton.state_machine_versions) as versions,
        (select array_agg(settings order by slug) from public.tenants) as settings,
        (select array_agg(name order by slug) from public.tenants) as names`;
    return { ...row };
  };
  await sql`update public.tenants set name = 'Renamed' where slug = 'gym'`;
  const before = await count();
  assert.deepEqual(await seedDemo({ databaseUrl: database.url, secretsKeys }), demo);
  assert.deepEqual(await count(), before);
});

Deno.test("seedDemo() seals again when the ring of keys is another one", async () => {
  const other = `k9:${randomBytes(32).toString("base64")}`;
  await seedDemo({ databaseUrl: database.url, secretsKeys: other });
  const rows = await database.sql`
    select secret_key_id as id from private.meta_apps union all select key_id from private.channel_secrets`;
  assert.deepEqual(rows.map((row) => row.id), ["k9", "k9", "k9"]);
});
