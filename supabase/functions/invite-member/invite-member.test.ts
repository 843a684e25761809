import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import type { ApiDatabase } from "@app/contracts/mod.ts";
import { linkOf, startTestApi, type TestApi } from "@app/local-supabase/testing.ts";
import { type MemberWorld, startMemberWorld } from "../../tests/testing/member-world.ts";
import { handle } from "./handler.ts";
import { mailByAuth } from "./mail-invitation.ts";

let world: MemberWorld;
let api: TestApi;
Deno.test.beforeAll(async () => {
  world = await startMemberWorld();
  // Domains of the stage hold underscores, which addresses may not.
  await world.sql`
    update auth.users set email = replace(replace(email, 'stage_a', 'tenant-a'), 'stage_b', 'tenant-b')`;
  api = await startTestApi(world.database);
});
Deno.test.afterAll(async () => {
  await api.stop();
  await world.stop();
});

const options = { sanitizeOps: false, sanitizeResources: false };
const appUrl = "http://127.0.0.1:5555/agents";

const invite = async (body: Record<string, unknown>, secretKey = api.secretKey) =>
  await world.post(
    (request, context) =>
      handle(request, context, {
        ...world.ports,
        appUrl,
        mail: mailByAuth({ url: api.url, secretKey, publishableKey: api.publishableKey, fetch }),
      }),
    await world.tokenOf(world.a.people.owner),
    { tenant_id: world.a.id, ...body },
  );

const client = () =>
  createClient<ApiDatabase, "api">(api.url, api.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    db: { schema: "api" },
  });

/** Follows the link of the newest mail as a browser does; resolves with the token of the invitation and a signed-in client. */
async function followLink(to: string) {
  const mail = api.mails.at(-1);
  assert.equal(mail?.to, to);
  const response = await fetch(linkOf(mail) ?? "", { redirect: "manual" });
  await response.body?.cancel();
  assert.equal(response.status, 303);
  const landed = new URL(response.headers.get("location") ?? "");
  assert.equal(landed.origin + landed.pathname, `${appUrl}/invitation`);
  const session = new URLSearchParams(landed.hash.slice(1));
  const person = client();
  const { error } = await person.auth.setSession({
    access_token: session.get("access_token") ?? "",
    refresh_token: session.get("refresh_token") ?? "",
  });
  assert.equal(error, null);
  return { token: landed.searchParams.get("token") ?? "", person };
}

Deno.test(
  "somebody new is invited by mail, joins by its link, chooses a password and signs in with it",
  options,
  async () => {
    const email = "new@colleague.test";
    const answer = await invite({ email, role: "agent" });
    assert.deepEqual([answer.status, answer.body.email, answer.body.status], [200, email, "open"]);
    const { token, person } = await followLink(email);
    assert.ok(!answer.text.includes(token));
    const accepted = await person.rpc("accept_invitation", { p_token: token, p_display_name: "Nora" });
    assert.equal(accepted.error, null);
    assert.deepEqual([accepted.data?.tenant_id, accepted.data?.role], [world.a.id, "agent"]);
    assert.equal((await person.auth.updateUser({ password: "correct horse battery" })).error, null);
    const again = client();
    const signedIn = await again.auth.signInWithPassword({ email, password: "correct horse battery" });
    assert.equal(signedIn.error, null);
    const { data } = await again.rpc("list_my_tenants");
    assert.deepEqual(data?.map((tenant) => tenant.role), ["agent"]);
  },
);

Deno.test(
  "somebody with a login in another tenant is sent a link that signs in, and is in both then",
  options,
  async () => {
    const email = "agent@tenant-b.test";
    assert.equal((await invite({ email, role: "admin" })).status, 200);
    const { token, person } = await followLink(email);
    assert.equal((await person.rpc("accept_invitation", { p_token: token })).error, null);
    const { data } = await person.rpc("list_my_tenants");
    assert.deepEqual(data?.map((tenant) => tenant.role).sort(), ["admin", "agent"]);
  },
);

Deno.test(
  "a refused token is an error with its status over HTTP, and what was recorded stays",
  options,
  async () => {
    const made = await invite({ email: "late@colleague.test", role: "agent" });
    await world.sql`update public.tenant_invitations set expires_at = now() where id = ${
      String(made.body.id)
    }`;
    const { person: invited, token } = await followLink("late@colleague.test");
    const late = await invited.rpc("accept_invitation", { p_token: token });
    assert.deepEqual([late.status, late.error?.code], [410, "invitation_expired"]);
    assert.match(late.error?.message ?? "", /has expired/);
    const unknown = await invited.rpc("accept_invitation", { p_token: "nothing" });
    assert.deepEqual([unknown.status, unknown.error?.code], [404, "invitation_unknown"]);
    const anonymous = await client().rpc("accept_invitation", { p_token: token });
    assert.ok([401, 403].includes(anonymous.status));
    const events = await world.sql`
    select body ->> 'reason' as reason from ${
      world.sql(world.a.schemaName)
    }.events where name = 'invitation_refused'`;
    assert.deepEqual(events.map((row) => row.reason), ["invitation_expired"]);
  },
);

Deno.test("an invitation whose mail cannot be sent says so, stands, and is sent again", options, async () => {
  const failed = await invite({ email: "again@colleague.test", role: "agent" }, "sb_secret_wrong");
  assert.equal(failed.status, 503);
  assert.ok(!failed.text.includes("sb_secret"));
  const [row] = await world
    .sql`select id from public.tenant_invitations where email = 'again@colleague.test'`;
  assert.equal((await invite({ invitation_id: row?.id })).status, 200);
  const { token, person } = await followLink("again@colleague.test");
  assert.equal((await person.rpc("accept_invitation", { p_token: token })).error, null);
});

Deno.test("invitations are sent by no key but the project's own", options, async () => {
  const answer = await fetch(`${api.url}/auth/v1/invite`, {
    method: "POST",
    headers: { apikey: api.publishableKey, "content-type": "application/json" },
    body: JSON.stringify({ email: "x@y.test" }),
  });
  await answer.body?.cancel();
  assert.equal(answer.status, 401);
});

Deno.test(
  "a person signs in by a link that Auth mails, and by nothing for an address without a login",
  options,
  async () => {
    const sent = await client().auth.signInWithOtp({
      email: "owner@tenant-a.test",
      options: { shouldCreateUser: false, emailRedirectTo: `${appUrl}/invitation` },
    });
    assert.equal(sent.error, null);
    const { person } = await followLink("owner@tenant-a.test");
    assert.deepEqual((await person.rpc("list_my_tenants")).data?.map((tenant) => tenant.role), ["owner"]);
    const mails = api.mails.length;
    await client().auth.signInWithOtp({ email: "nobody@nowhere.test", options: { shouldCreateUser: false } });
    await client().auth.signUp({ email: "nobody@nowhere.test", password: "long enough" });
    assert.equal(api.mails.length, mails);
  },
);

Deno.test("no token and no address is in a log line", () => {
  const text = world.lines.join("\n");
  assert.ok(!/colleague\.test|tenant-b\.test|token=/.test(text));
});
