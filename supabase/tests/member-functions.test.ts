import { demoMachines } from "@app/sales-engine/testing.ts";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { handle as connectNumber } from "../functions/connect-number/handler.ts";
import { handle as inviteMember } from "../functions/invite-member/handler.ts";
import { handle as publishMachine } from "../functions/publish-machine/handler.ts";
import { handle as saveSettings } from "../functions/save-settings/handler.ts";
import { handle as setModelKey } from "../functions/set-model-key/handler.ts";
import { handle as setToolSecret } from "../functions/set-tool-secret/handler.ts";
import { handle as testCanonicalAnswer } from "../functions/test-canonical-answer/handler.ts";
import { type Handler } from "../functions/_shared/serve.ts";
import { readRefusals } from "./isolation/probing/read-refusals.ts";
import { type MemberWorld, signToken, startMemberWorld } from "./testing/member-world.ts";

let world: MemberWorld;
Deno.test.beforeAll(async () => void (world = await startMemberWorld()));
Deno.test.afterAll(() => world.stop());

const never = () => assert.fail("asked a provider for somebody who may not");

/** Every function for people, with a body that would succeed for an owner. */
const functions = (): Record<string, [Handler, Record<string, unknown>]> => ({
  "connect-number": [
    (request, context) => connectNumber(request, context, { ...world.ports, prove: never }),
    { phone_number_id: "777", waba_id: "300", access_token: "a-token-of-the-tenant-1234" },
  ],
  "invite-member": [
    (request, context) => inviteMember(request, context, { ...world.ports, appUrl: "http://x", mail: never }),
    { email: "new@person.test", role: "agent" },
  ],
  "set-model-key": [
    (request, context) => setModelKey(request, context, world.ports),
    { provider: "openai", api_key: "sk-a-secret-key-of-the-tenant" },
  ],
  "set-tool-secret": [
    (request, context) => setToolSecret(request, context, world.ports),
    { tool: "find_order", header: "x-api-key", value: "sk-a-secret-key-of-the-tenant" },
  ],
  "publish-machine": [
    (request, context) => publishMachine(request, context, world.ports),
    { definition: demoMachines.gym },
  ],
  "save-settings": [
    (request, context) => saveSettings(request, context, world.ports),
    { settings: { thresholds: { canonical: 0.95 } } },
  ],
  "test-canonical-answer": [
    (request, context) =>
      testCanonicalAnswer(request, context, { ...world.ports, embedders: { embedderFor: never } }),
    { text: "¿A qué hora abren?", language: "es" },
  ],
});

/** Everything that these functions could have changed. */
const state = async () => {
  const [row] = await world.sql`
    select (select jsonb_agg(t order by t.token_hash) from public.tenant_invitations t) as invitations,
      (select jsonb_agg(t order by t.id) from public.client_configs t) as configs,
      (select count(*)::int from private.tenant_secrets) as keys,
      (select count(*)::int from private.channel_secrets) as tokens,
      (select jsonb_agg(t.settings order by t.id) from public.tenants t) as settings,
      (select count(*)::int from ${world.sql(world.a.schemaName)}.state_machine_versions) as versions,
      (select count(*)::int from ${world.sql(world.a.schemaName)}.events) as events`;
  return row;
};

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const badTokens = async (): Promise<Record<string, string | undefined>> => {
  const claims = { sub: world.a.people.owner, role: "authenticated" };
  const good = await signToken(claims);
  return {
    "none": undefined,
    "no JWT": "sb_publishable_something",
    "of another project": await signToken(claims, {
      secret: "the-secret-of-quite-another-project-0123456789",
    }),
    "alg: none": `${base64({ alg: "none", typ: "JWT" })}.${good.split(".")[1]}.`,
    "alg: none with a signature": `${base64({ alg: "none" })}.${good.split(".")[1]}.${good.split(".")[2]}`,
    "expired": await signToken(claims, { expires: Math.floor(Date.now() / 1000) - 1 }),
    "with changed claims": good.replace(/\..+\./, `.${base64({ ...claims, sub: world.b.people.owner })}.`),
    "of role postgres": await signToken({ ...claims, role: "postgres" }),
    "of role service_role": await signToken({ ...claims, role: "service_role" }),
    "of role anon": await signToken({ ...claims, role: "anon" }),
    "of nobody": await signToken({ role: "authenticated" }),
    "of no uuid": await signToken({ ...claims, sub: "' or true --" }),
  };
};

Deno.test("functions for people refuse every bad token with 401, change nothing and log it", async () => {
  const before = await state();
  for (const [name, [handle, body]] of Object.entries(functions())) {
    for (const [kind, token] of Object.entries(await badTokens())) {
      const answer = await world.post(handle, token, { ...body, tenant_id: world.a.id });
      assert.equal(answer.status, 401, `${name} with a token ${kind}`);
      assert.equal(answer.body.error?.code, "unauthorized");
      assert.match(world.lines.at(-1) ?? "", /"status":401/);
    }
  }
  assert.deepEqual(await state(), before);
});

Deno.test("functions for people refuse who does not act for the tenant, or is only an agent, with 403", async () => {
  const before = await state();
  const { a, b } = world;
  const nobody = "00000000-0000-4000-8000-000000000009";
  for (const [name, [handle, body]] of Object.entries(functions())) {
    const unknown = await world.post(handle, await world.tokenOf(a.people.owner), {
      ...body,
      tenant_id: nobody,
    });
    const foreign = await world.post(handle, await world.tokenOf(b.people.owner), {
      ...body,
      tenant_id: a.id,
    });
    const agent = await world.post(handle, await world.tokenOf(a.people.agent), { ...body, tenant_id: a.id });
    assert.deepEqual([unknown.status, foreign.status, agent.status], [403, 403, 403], name);
    // A tenant that is there and one that is not look the same to a stranger.
    assert.equal(
      foreign.body.error?.message.replace(a.id, ""),
      unknown.body.error?.message.replace(nobody, ""),
    );
    assert.ok(!foreign.text.includes("stage_a"));
    const noted = (await readRefusals(world.database)).filter(({ caller }) => caller !== a.people.agent);
    assert.deepEqual(noted.slice(-2).map(({ caller, tenant }) => [caller, tenant]), [
      [a.people.owner, nobody],
      [b.people.owner, a.id],
    ]);
  }
  assert.deepEqual(await state(), before);
});

Deno.test("functions for people refuse what is no call of theirs with 400, without repeating it", async () => {
  const before = await state();
  const token = await world.tokenOf(world.a.people.owner);
  for (const [name, [handle, body]] of Object.entries(functions())) {
    for (const bad of [null, [], "text", {}, { ...body, tenant_id: "x'; drop" }, { tenant_id: world.a.id }]) {
      const answer = await world.post(handle, token, bad);
      assert.equal(answer.status, 400, `${name} with ${JSON.stringify(bad)}`);
      assert.ok(!answer.text.includes("drop"));
    }
  }
  assert.deepEqual(await state(), before);
});

Deno.test("no secret that was sent is in a log line", () => {
  const text = world.lines.join("\n");
  assert.ok(text.length > 0);
  for (const secret of ["a-token-of-the-tenant", "sk-a-secret-key", "new@person"]) {
    assert.ok(!text.includes(secret));
  }
});
