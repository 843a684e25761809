import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { parse } from "smol-toml";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { textRequest } from "../stage/requests.ts";
import { stageTenants } from "../stage/tenants.ts";
import { checkUploaded } from "./testing/check-uploaded.ts";
import { startManagementStub } from "./testing/management-stub.ts";

// The real CLI against a stub of Supabase's API and a real PostgreSQL; the tests follow each other, as deploys do.

const ref = "abcdefghijklmnopqrst";
const token = `sbp_${"0".repeat(40)}`;
const sealingKeys = `k1:${randomBytes(32).toString("base64")}`;
const folder = await Deno.makeTempDir({ prefix: "uploaded-" });
const database = await startTestDatabase({ isEmpty: true });
const stub = startManagementStub({ ref, token, folder, databaseUrl: database.url });
Deno.test.afterAll(async () => {
  await stub.stop();
  await database.stop();
  await Deno.remove(folder, { recursive: true });
});

const settings = {
  SUPABASE_PROJECT_REF: ref,
  SUPABASE_ACCESS_TOKEN: token,
  SUPABASE_DB_URL: database.url,
  SUPABASE_API_URL: stub.url,
  SUPABASE_URL: stub.url,
  SITE_URL: "https://sales.example.com",
  SECRETS_KEYS: sealingKeys,
  DATABASE_POOL_SIZE: "2",
  OPENAI_API_KEY: 'sk-quoted "and" spaced $HOME #1',
};

async function deploy(args: string[], changes: Record<string, string> = {}) {
  const { PATH = "", HOME = "" } = process.env;
  const output = await new Deno.Command("node", {
    args: ["scripts/deploy.mjs", ...args],
    clearEnv: true,
    env: { PATH, HOME, ...settings, ...changes },
  }).output();
  const text = new TextDecoder();
  return { code: output.code, stdout: text.decode(output.stdout), stderr: text.decode(output.stderr) };
}

const writesOf = () => stub.project.calls.filter((call) => !call.startsWith("GET"));

Deno.test("deploy --plan shows everything that is missing and changes nothing", async () => {
  const { code, stdout } = await deploy(["--plan"]);
  assert.equal(code, 0);
  assert.match(stdout, /Sales \(abcdefghijklmnopqrst\), eu-central-1/);
  assert.match(stdout, /0 applied, \d\d+ to apply\n\s+\+ 20261121000100_create_schemas_and_roles\.sql/);
  assert.match(stdout, /exposes public, graphql_public, will expose api only/);
  assert.match(stdout, /\+ OPENAI_API_KEY/);
  assert.match(stdout, /\+ webhook-whatsapp/);
  assert.match(stdout, /"automations" will be made/);
  assert.match(stdout, /will lead to https:\/\/sales\.example\.com/);
  assert.ok(!stdout.includes("sk-quoted") && !stdout.includes(sealingKeys), "values stay unsaid");
  assert.deepEqual(writesOf(), []);
  const [row] = await database.sql`select to_regnamespace('api') as api`;
  assert.equal(row?.api, null);
});

Deno.test("deploy asks before it changes anything", async () => {
  const { code, stderr } = await deploy([]);
  assert.equal(code, 1);
  assert.match(stderr, /this is no terminal; say --yes/);
  assert.deepEqual(writesOf(), []);
});

Deno.test("deploy --yes brings everything there, and the functions answer from what arrived", async () => {
  const { code, stdout, stderr } = await deploy(["--yes"]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /Meta's webhook address is .*\/functions\/v1\/webhook-whatsapp/);
  assert.equal(stub.project.exposed, "api");
  assert.equal(stub.project.siteUrl, "https://sales.example.com");
  assert.equal(stub.project.secrets.get("OPENAI_API_KEY"), settings.OPENAI_API_KEY);
  assert.equal(stub.project.secrets.get("SECRETS_KEYS"), sealingKeys);
  assert.ok(stub.project.apiKeys.some(({ name }) => name === "automations"));
  const { functions: wanted } = parse(await Deno.readTextFile("supabase/config.toml")) as {
    functions: Record<string, { verify_jwt: boolean }>;
  };
  const uploaded = [...stub.project.functions.values()];
  assert.deepEqual(
    Object.fromEntries(uploaded.map(({ slug, verifyJwt }) => [slug, verifyJwt])),
    Object.fromEntries(Object.entries(wanted).map(([slug, { verify_jwt }]) => [slug, verify_jwt])),
  );
  for (const { slug, files } of uploaded) assert.ok(files.includes(`supabase/functions/${slug}/index.ts`));
});

Deno.test("what was uploaded type-checks by itself", async () => {
  assert.equal(await checkUploaded(folder, [...stub.project.functions.values()]), "");
});

Deno.test("the type check shows an import that one function lacks and another has, and a wrong type", async () => {
  const health = stub.project.functions.get("health");
  const webhook = stub.project.functions.get("webhook-whatsapp");
  assert.ok(health && webhook);
  const entrypoint = join(health.folder, health.entrypoint);
  const source = await Deno.readTextFile(entrypoint);
  for (
    const [line, complaint] of [
      ['import { marked } from "marked"; marked;', /^health: marked is not in the import map/],
      ["const wrong: number = 'text'; wrong;", /Type 'string' is not assignable to type 'number'/],
    ] as const
  ) {
    await Deno.writeTextFile(entrypoint, `${source}\n${line}\n`);
    assert.match(await checkUploaded(folder, [webhook, health]), complaint);
  }
  await Deno.writeTextFile(entrypoint, source);
});

Deno.test("the uploaded webhook stores a signed message and refuses a forged one", async () => {
  const [tenant] = await stageTenants(database.sql, 1, sealingKeys, {
    debounce: { ms: 60_000, maxMs: 60_000 },
  });
  assert.ok(tenant);
  const { body, headers } = textRequest(tenant, 7, "hola, necesito cajas");
  const url = `${stub.url}/functions/v1/webhook-whatsapp`;
  const forged = await fetch(url, { method: "POST", body: body.replace("cajas", "casas"), headers });
  assert.equal(forged.status, 401);
  await forged.body?.cancel();
  const accepted = await fetch(url, { method: "POST", body, headers });
  assert.equal(accepted.status, 200);
  await accepted.body?.cancel();
  const rows = await database.sql`
    select content from ${database.sql(tenant.schemaName)}.messages where direction = 'inbound'`;
  assert.deepEqual(rows.map(({ content }) => content.replace(/^from=\d+ /, "")), ["hola, necesito cajas"]);
});

Deno.test("deploying again changes nothing but the functions' code", async () => {
  stub.project.calls.length = 0;
  const { code, stdout, stderr } = await deploy(["--yes"]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /0 to apply/);
  assert.match(stdout, /0 to set/);
  assert.match(stdout, /exposes api only, as wanted/);
  assert.deepEqual([...new Set(writesOf())].sort(), ["POST /functions/deploy", "PUT /functions"]);
});

Deno.test("deploy refuses a checkout that is older than the database", async () => {
  await database.sql`insert into supabase_migrations.schema_migrations (version) values ('20991231000000')`;
  const { code, stderr } = await deploy(["--yes"]);
  await database.sql`delete from supabase_migrations.schema_migrations where version = '20991231000000'`;
  assert.equal(code, 1);
  assert.match(stderr, /this checkout lacks: 20991231000000/);
});

Deno.test("deploy names every setting that is missing or wrong, and no value", async () => {
  const { code, stderr } = await deploy(["--plan"], {
    SUPABASE_PROJECT_REF: "Short",
    SUPABASE_ACCESS_TOKEN: "",
    SECRETS_KEYS: "",
  });
  assert.equal(code, 1);
  assert.match(stderr, /SUPABASE_PROJECT_REF: expected 20 small letters/);
  assert.match(stderr, /SUPABASE_ACCESS_TOKEN: is missing/);
  assert.match(stderr, /SECRETS_KEYS: is missing/);
  const wrong = await deploy(["--plan"], { SECRETS_KEYS: "k1:short", META_GRAPH_VERSION: "25" });
  assert.equal(wrong.code, 1);
  assert.ok(!wrong.stderr.includes("k1:short"), wrong.stderr);
});

Deno.test("deploy tells a refused token and an unknown project apart", async () => {
  const refused = await deploy(["--plan"], { SUPABASE_ACCESS_TOKEN: `sbp_${"1".repeat(40)}` });
  assert.match(refused.stderr, /the access token is not valid/);
  const unknown = await deploy(["--plan"], { SUPABASE_PROJECT_REF: "zzzzzzzzzzzzzzzzzzzz" });
  assert.match(unknown.stderr, /is SUPABASE_PROJECT_REF right\?/);
});
