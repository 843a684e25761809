import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { startTestApi, startTestDatabase } from "@app/local-supabase/testing.ts";
import { extract } from "tar-stream";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import { ensureBucket, storageOf } from "./bucket.ts";
import { demoApp } from "./demo-tenants.ts";
import { describeTenant, printTenant } from "./describe-tenant.ts";
import { dropTenant } from "./drop.ts";
import { exportTenant } from "./export-tenant.ts";
import { listPending, migrateTenants } from "./migrate.ts";
import { newTenant } from "./new-tenant.ts";
import { provision } from "./provision.ts";

const keys = readSecretKeys(`k1:${randomBytes(32).toString("base64")}`);
const folder = await Deno.makeTempDir({ prefix: "tenant-commands-" });
const database = await startTestDatabase();
const { sql } = database;
const api = await startTestApi(database);
const storage = { url: api.url, secretKey: api.secretKey };
Deno.test.afterAll(async () => {
  await api.stop();
  await database.stop();
  await Deno.remove(folder, { recursive: true });
});
const shared = { sanitizeOps: false, sanitizeResources: false };

async function makeTenant(slug: string, phoneNumberId: string) {
  const wanted = newTenant.parse({
    slug,
    name: `The ${slug}`,
    numbers: [{
      phoneNumberId,
      displayPhoneNumber: `+591 ${phoneNumberId}`,
      appId: demoApp.appId,
      accessToken: `a-long-token-${phoneNumberId}`,
    }],
    people: [{ email: `owner@${slug}.test`, role: "owner", displayName: "Eva" }],
  });
  const { tenant } = await provision(sql, wanted, { keys, app: demoApp });
  await ensureBucket(storage, slug);
  return tenant;
}

async function unpack(file: string): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  const archive = createReadStream(file).pipe(createGunzip()).pipe(extract());
  for await (const entry of archive) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    entries.set(entry.header.name, new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()));
  }
  return entries;
}

Deno.test(
  "describeTenant() tells what there is, and of a secret its last four characters",
  shared,
  async () => {
    const tenant = await makeTenant("florist", "1001");
    const text = printTenant(await describeTenant(sql, tenant));
    assert.match(text, /^florist {2}The florist/);
    assert.match(text, /whatsapp \+591 1001, secrets: access_token …1001/);
    assert.match(text, /owner {2}owner@florist\.test/);
    assert.match(text, /none pending/);
    assert.ok(!text.includes("a-long-token"));
  },
);

Deno.test(
  "exportTenant() writes every table and file of the tenant, and nothing of another",
  shared,
  async () => {
    const tenant = await makeTenant("baker", "1002");
    const other = await makeTenant("butcher", "1003");
    for (const { schemaName, slug } of [tenant, other]) {
      await sql`insert into ${sql(schemaName)}.contacts (name) values (${`Ana of ${slug} · 東京 🍞`})`;
    }
    const bytes = randomBytes(70_000);
    const bucket = storageOf(storage).from("client-baker");
    assert.equal((await bucket.upload("inbound/2026/voice note.ogg", bytes)).error, null);
    const file = join(folder, "baker.tar.gz");

    const manifest = await exportTenant(sql, tenant, { file, storage });

    const entries = await unpack(file);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(entries.get("manifest.json"))), manifest);
    for (const { entry, sha256, rows } of manifest.tables) {
      const content = entries.get(entry);
      assert.ok(content, entry);
      assert.equal(createHash("sha256").update(content).digest("hex"), sha256);
      assert.equal(new TextDecoder().decode(content).split("\n").length - 1, rows);
    }
    const contacts = new TextDecoder().decode(entries.get("tables/contacts.ndjson"));
    assert.equal(JSON.parse(contacts).name, "Ana of baker · 東京 🍞");
    assert.deepEqual(entries.get("files/inbound/2026/voice note.ogg"), new Uint8Array(bytes));
    const tables = new Set(manifest.tables.map(({ table }) => table));
    for (const wanted of ["public.tenants", "private.channel_secrets", "sessions", "messages", "events"]) {
      assert.ok(tables.has(wanted), wanted);
    }
    const everything = [...entries.values()].map((content) => new TextDecoder().decode(content)).join();
    assert.ok(!everything.includes(other.id) && !everything.includes("butcher"), "nothing of another tenant");
    assert.ok(!everything.includes("a-long-token"), "secrets are sealed");
  },
);

Deno.test("exportTenant() leaves no half file when Storage fails", shared, async () => {
  const tenant = await makeTenant("smith", "1004");
  const file = join(folder, "smith.tar.gz");
  const refused = { url: api.url, secretKey: "sb_secret_wrong" };
  await assert.rejects(exportTenant(sql, tenant, { file, storage: refused }), /Cannot list files/);
  const left = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    name.startsWith("smith")
  );
  assert.deepEqual(left, []);
});

Deno.test("migrateTenants() goes on past a tenant that fails, and resumes", shared, async () => {
  const [good, bad] = [await makeTenant("good", "1005"), await makeTenant("bad", "1006")];
  await sql`create table ${sql(bad.schemaName)}.wishes (id integer)`;
  await sql`insert into private.tenant_steps (version, name, ddl)
    values (9000, 'make_wishes', 'create table wishes (id integer); alter table wishes enable row level security')`;
  const pending = async () => (await listPending(sql)).map(({ slug }) => slug);
  assert.ok((await pending()).includes("bad"));

  const run = await migrateTenants(sql, await listPending(sql));
  assert.deepEqual(run.failed.map(({ slug }) => slug), ["bad"]);
  assert.match(run.failed[0]?.message ?? "", /wishes/);
  assert.deepEqual(await pending(), ["bad"]);
  const [made] = await sql`select to_regclass(${`${good.schemaName}.wishes`})::text as name`;
  assert.ok(made?.name);

  await sql`drop table ${sql(bad.schemaName)}.wishes`;
  assert.deepEqual((await migrateTenants(sql, await listPending(sql))).failed, []);
  assert.deepEqual(await pending(), []);
});

Deno.test("dropTenant() leaves nothing: schema, role, rows anywhere, files", shared, async () => {
  const tenant = await makeTenant("doomed", "1007");
  await storageOf(storage).from("client-doomed").upload("inbound/a.txt", new TextEncoder().encode("a"));
  await sql`insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
    values (${tenant.id}, ${tenant.schemaName}, gen_random_uuid(), 'turn', now())`;

  await dropTenant(sql, "doomed", storage);

  const columns = await sql<{ table_schema: string; table_name: string; column_name: string }[]>`
    select c.table_schema, c.table_name, c.column_name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema in ('public', 'private') and c.udt_name = 'uuid' and t.table_type = 'BASE TABLE'`;
  for (const { table_schema, table_name, column_name } of columns) {
    const rows = await sql`
      select from ${sql(table_schema)}.${sql(table_name)} where ${sql(column_name)} = ${tenant.id}`;
    assert.equal(rows.length, 0, `${table_schema}.${table_name}.${column_name}`);
  }
  const [left] = await sql`
    select to_regnamespace('client_doomed') as schema, to_regrole('client_doomed_worker') as role,
      (select count(*)::integer from storage.objects where bucket_id = 'client-doomed') as files,
      (select count(*)::integer from storage.buckets where id = 'client-doomed') as buckets`;
  assert.deepEqual({ ...left }, { schema: null, role: null, files: 0, buckets: 0 });
});

async function run(...args: string[]) {
  const output = await new Deno.Command("node", {
    args: ["scripts/tenant.mjs", ...args],
    env: {
      SUPABASE_DB_URL: database.url,
      SECRETS_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      SUPABASE_URL: api.url,
      SUPABASE_SECRET_KEY: api.secretKey,
    },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code: output.code, stdout: text.decode(output.stdout), stderr: text.decode(output.stderr) };
}

Deno.test("npm run tenant: a life from dry run to drop", shared, async () => {
  const dry = await run(
    "create",
    "--slug",
    "kiosk",
    "--name",
    "Kiosk",
    "--owner",
    "o@kiosk.test",
    "--dry-run",
  );
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, /owner o@kiosk\.test added\nTenant "kiosk" could be created; nothing was changed/);
  assert.match((await run("show", "--slug", "kiosk")).stderr, /there is none of that slug/);
  const refused = await run("create", "--slug", "api", "--name", "Reserved", "--dry-run");
  assert.match(refused.stderr, /the rule "slug is not reserved" does not hold/);

  assert.equal(
    (await run("create", "--slug", "kiosk", "--name", "Kiosk", "--owner", "o@kiosk.test")).code,
    0,
  );
  assert.match((await run("show", "--slug", "kiosk")).stdout, /owner {2}o@kiosk\.test/);
  assert.match((await run("migrate")).stdout, /No tenant lacks a step/);
  const file = join(folder, "kiosk.tar.gz");
  assert.match(
    (await run("export", "--slug", "kiosk", "--file", file)).stdout,
    /is in .*kiosk\.tar\.gz: \d+ tables/,
  );
  assert.ok((await Deno.stat(file)).size > 500);

  const unasked = await run("drop", "--slug", "kiosk");
  assert.equal(unasked.code, 1);
  assert.match(unasked.stderr, /this is no terminal; say --yes/);
  assert.match((await run("drop", "--slug", "kiosk", "--dry-run")).stdout, /Nothing was changed/);
  assert.match((await run("drop", "--slug", "kiosk", "--yes")).stdout, /Tenant "kiosk" is gone/);
  assert.equal((await run("drop", "--slug", "kiosk", "--yes")).code, 1);
});
