import assert from "node:assert/strict";
import type { ModelKeys } from "@app/models/mod.ts";
import { type MemberWorld, startMemberWorld } from "../../tests/testing/member-world.ts";
import { openModelKeys } from "../_shared/open-model-keys.ts";
import { handle } from "./handler.ts";

let world: MemberWorld;
Deno.test.beforeAll(async () => {
  world = await startMemberWorld();
  await world.sql`delete from private.tenant_secrets`;
});
Deno.test.afterAll(() => world.stop());

const deployment: ModelKeys = {
  openai: { apiKey: "sk-of-the-deployment" },
  gemini: { apiKey: "AIza-of-the-deployment" },
};
const first = "sk-first-key-of-tenant-a-1111";
const second = "sk-second-key-of-tenant-a-2222";

const set = async (apiKey: string, provider = "openai") =>
  await world.post(
    (request, context) => handle(request, context, world.ports),
    await world.tokenOf(world.a.people.owner),
    { tenant_id: world.a.id, provider, api_key: apiKey },
  );

Deno.test("a key that a tenant sets is used for that tenant before the deployment's, and never shown", async () => {
  let now = 0;
  const keys = openModelKeys(world.ports.database, world.ports.keys, deployment, () => now);
  assert.equal(await keys.keysFor(world.a), deployment);
  const answer = await set(first);
  assert.deepEqual([answer.status, answer.body], [200, { name: "openai_api_key", last_four: "1111" }]);
  assert.equal(await keys.keysFor(world.a), deployment, "remembered for half a minute");
  now = 30_001;
  const own = await keys.keysFor(world.a);
  assert.deepEqual(own, { ...deployment, openai: { apiKey: first } });
  assert.equal(await keys.keysFor(world.b), deployment);
  now = 70_000;
  assert.equal(await keys.keysFor(world.a), own, "the same object while the key is the same");
  await set(second);
  now = 140_000;
  assert.equal((await keys.keysFor(world.a)).openai?.apiKey, second);
  const claims = await world.tokenOf(world.a.people.owner);
  assert.ok(claims);
  await world.as("owner of a", async (sql) => {
    const rows =
      await sql`select name, last_four from api.list_secrets(${world.a.id}) where config_id is null`;
    assert.deepEqual(rows.map((row) => ({ ...row })), [{ name: "openai_api_key", last_four: "2222" }]);
  });
  await world.sql`delete from private.tenant_secrets`;
  now = 210_000;
  assert.equal(await keys.keysFor(world.a), deployment);
});

Deno.test("what cannot be a key is refused and not repeated", async () => {
  for (const bad of ["", "short", "a key with spaces in it", "ñandú-ñandú-ñandú", "x".repeat(401)]) {
    const answer = await set(bad);
    assert.equal(answer.status, 400);
    if (bad) assert.ok(!answer.text.includes(bad));
  }
  assert.equal((await set(first, "elsewhere")).status, 400);
});

Deno.test("no key is in a log line", () => {
  for (const key of [first, second, "a key with spaces"]) assert.ok(!world.lines.join("\n").includes(key));
});
