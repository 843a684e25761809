import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import type { ApiDatabase } from "@app/contracts/mod.ts";
import { startTestApi, type TestApi } from "@app/local-supabase/testing.ts";
import { readRefusals } from "./isolation/probing/read-refusals.ts";
import { signToken } from "./testing/member-world.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
let api: TestApi;
Deno.test.beforeAll(async () => {
  stage = await startStage();
  api = await startTestApi(stage.database);
});
Deno.test.afterAll(async () => {
  await api.stop();
  await stage.stop();
});

const options = { sanitizeOps: false, sanitizeResources: false };

const tokenFor = (user: string, claims = {}) =>
  signToken({ sub: user, role: "authenticated", ...claims }, { secret: api.jwtSecret });

const clientFor = (token: string) =>
  createClient<ApiDatabase, "api">(api.url, api.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: { headers: { authorization: `Bearer ${token}` } },
    db: { schema: "api" },
  });

Deno.test("who changes too much is answered 429 with retry-after, and reads on", options, async () => {
  await stage.sql`update private.rate_rules set per_second = 0.1, burst = 1 where kind = 'caller'`;
  const token = await tokenFor(stage.a.people.agent);
  const call = () =>
    fetch(`${api.url}/rest/v1/rpc/update_my_profile`, {
      method: "POST",
      headers: {
        apikey: api.publishableKey,
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ p_tenant_id: stage.a.id, p_display_name: "Ana" }),
    });
  const first = await call();
  const second = await call();
  await first.body?.cancel();
  assert.deepEqual([first.status, second.status], [200, 429]);
  assert.ok(Number(second.headers.get("retry-after")) >= 1);
  const { code, message } = await second.json();
  assert.equal(code, "rate_limited");
  assert.match(message, /try again in \d+ s/);
  const { data } = await clientFor(token).rpc("list_members", { p_tenant_id: stage.a.id });
  assert.equal(data?.length, 3);
  await stage.sql`update private.rate_rules set per_second = 10, burst = 120 where kind = 'caller'`;
});

Deno.test(
  "objects arrive at functions as objects, and texts that look like one as they are",
  options,
  async () => {
    const client = clientFor(await tokenFor(stage.a.people.agent));
    const wanted = { p_tenant_id: stage.a.id, p_view: "all" };
    const all = await client.rpc("list_queue", wanted);
    const tagged = await client.rpc("list_queue", { ...wanted, p_filters: { tag: "nobody-has-this" } });
    const count = (data: unknown) => (data as { sessions: unknown[] }).sessions.length;
    assert.deepEqual([count(all.data) > 0, count(tagged.data)], [true, 0]);
    const { error } = await client.rpc("search_sessions", { p_tenant_id: stage.a.id, p_query: "{}" });
    assert.equal(error, null);
  },
);

Deno.test(
  "tokens of another project, expired, unsigned or of another role reach nothing",
  options,
  async () => {
    const owner = stage.a.people.owner;
    const good = await tokenFor(owner);
    const [, payload = ""] = good.split(".");
    const unsigned = btoa(JSON.stringify({ alg: "none", typ: "JWT" })).replaceAll("=", "");
    const bad = {
      "of another project": await signToken({ sub: owner, role: "authenticated" }, {
        secret: "x".repeat(40),
      }),
      "expired": await signToken({ sub: owner, role: "authenticated" }, {
        secret: api.jwtSecret,
        expires: 1_000,
      }),
      "alg: none": `${unsigned}.${payload}.`,
      "of role postgres": await tokenFor(owner, { role: "postgres" }),
      "of role supabase_admin": await tokenFor(owner, { role: "supabase_admin" }),
      "of a worker": await tokenFor(owner, { role: `${stage.a.schemaName}_worker` }),
      "of the router": await tokenFor(owner, { role: "engine_router" }),
    };
    assert.equal((await clientFor(good).rpc("list_my_tenants")).data?.length, 1);
    for (const [kind, token] of Object.entries(bad)) {
      const { status, data } = await clientFor(token).rpc("list_my_tenants");
      assert.ok([401, 403].includes(status), `${kind}: ${status}`);
      assert.equal(data, null, kind);
    }
  },
);

Deno.test(
  "members read and upload files of their tenant through Storage, strangers of it do neither",
  options,
  async () => {
    const admin = createClient(api.url, api.secretKey, { auth: { persistSession: false } });
    const bucket = `client-${stage.a.slug}`;
    assert.equal((await admin.storage.createBucket(bucket, { public: false })).error, null);
    assert.equal(
      (await admin.storage.from(bucket).upload("inbound/voice.txt", new Blob(["hola"]))).error,
      null,
    );
    const mine = clientFor(await tokenFor(stage.a.people.agent)).storage.from(bucket);
    const theirs = clientFor(await tokenFor(stage.b.people.owner)).storage.from(bucket);
    assert.equal(await (await mine.download("inbound/voice.txt")).data?.text(), "hola");
    assert.equal((await mine.upload("outbound/quote.txt", new Blob(["12 USD"]))).error, null);
    assert.notEqual((await mine.upload("inbound/quote.txt", new Blob(["12 USD"]))).error, null);
    assert.notEqual((await theirs.download("inbound/voice.txt")).error, null);
    assert.notEqual((await theirs.upload("outbound/quote2.txt", new Blob(["x"]))).error, null);
    assert.deepEqual((await theirs.list("inbound")).data, []);
  },
);

Deno.test(
  "who names another tenant is answered 403, and the server's log says who it was",
  options,
  async () => {
    const stranger = stage.b.people.owner;
    const { error, status } = await clientFor(await tokenFor(stranger))
      .rpc("list_queue", { p_tenant_id: stage.a.id });
    assert.deepEqual([status, error?.code], [403, "42501"]);
    assert.deepEqual((await readRefusals(stage.database)).at(-1), {
      event: "refused",
      code: "42501",
      caller: stranger,
      tenant: stage.a.id,
      function: "list_queue",
    });
  },
);
