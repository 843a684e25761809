import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** What is thrown when a function of ours refuses. */
const refused = (code: string, message?: RegExp) => (error: { code?: string; message?: string }) =>
  error.code === code && (message === undefined || message.test(error.message ?? ""));

const newToken = () => {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: createHash("sha256").update(token).digest("hex") };
};

const invite = async (sql: TransactionSql, email: string, role: string, hash: string) => {
  const [row] = await sql<{ id: string; status: string; email: string }[]>`
    select id, status, email from api.invite_member(${stage.a.id}, ${email}, ${role}, ${hash})`;
  assert.ok(row);
  return row;
};

/** How an answer looks to who called over HTTP. */
const accept = async (sql: TransactionSql, token: string) => {
  const [row] = await sql`
    select (a).tenant_id, (a).role, (a).code, current_setting('response.status') as status
    from (select api.accept_invitation(${token}, 'Nora') as a offset 0) called`;
  return { ...row };
};

const nothing = { tenant_id: null, role: null };
/** Somebody with a login and no place in tenant a. */
const invited: Actor = "agent of b";
const theirEmail = "agent@stage_b.test";

/** Invites the agent of b to a, then goes on as them. */
const asInvited = (work: (sql: TransactionSql, token: string, id: string) => Promise<void>) =>
  stage.as("owner of a", async (sql) => {
    const { token, hash } = newToken();
    const { id } = await invite(sql, theirEmail.toUpperCase(), "admin", hash);
    await become(sql, invited, stage);
    await work(sql, token, id);
  });

const eventsOfA = async (sql: TransactionSql) => {
  await become(sql, "postgres", stage);
  return (await sql`
    select name, body ->> 'reason' as reason from ${sql(stage.a.schemaName)}.events
    where name <> 'session_opened' order by id`).map((row) => row.reason ?? row.name);
};

Deno.test("an invited person joins once, in the role offered, and is in two tenants then", async () => {
  await asInvited(async (sql, token) => {
    assert.deepEqual(await accept(sql, token), {
      tenant_id: stage.a.id,
      role: "admin",
      code: null,
      status: "200",
    });
    const rows = await sql`select id, role from api.list_my_tenants() order by role`;
    assert.deepEqual(rows.map((row) => [row.id, row.role]), [[stage.a.id, "admin"], [stage.b.id, "agent"]]);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_used", status: "410" });
    assert.deepEqual(await eventsOfA(sql), ["member_invited", "member_joined", "invitation_used"]);
  });
});

Deno.test("a token is stored as its hash alone", async () => {
  await asInvited(async (sql, token, id) => {
    await become(sql, "postgres", stage);
    const [row] =
      await sql`select to_jsonb(i)::text as text from public.tenant_invitations i where id = ${id}`;
    assert.ok(!row?.text.includes(token));
    const { hash } = newToken();
    await become(sql, "owner of a", stage);
    for (const bad of [token, hash.toUpperCase(), "", null]) {
      await assert.rejects(
        sql.savepoint((inner) => inner`select api.invite_member(${stage.a.id}, 'x@y.test', 'agent', ${bad})`),
        refused("PT400"),
      );
    }
  });
});

Deno.test("an expired invitation is refused and recorded, and nobody joins", async () => {
  await asInvited(async (sql, token, id) => {
    await become(sql, "postgres", stage);
    await sql`update public.tenant_invitations set expires_at = now() - interval '1 second' where id = ${id}`;
    await become(sql, invited, stage);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_expired", status: "410" });
    assert.equal((await sql`select from api.list_my_tenants()`).length, 1);
    assert.deepEqual(await eventsOfA(sql), ["member_invited", "invitation_expired"]);
  });
});

Deno.test("an invitation that was sent to somebody else is refused, whatever its state, without saying to whom", async () => {
  await asInvited(async (sql, token) => {
    await become(sql, "owner of b", stage);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_foreign", status: "403" });
    await become(sql, "stranger", stage);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_foreign", status: "403" });
    await become(sql, invited, stage);
    assert.equal((await accept(sql, token)).status, "200");
  });
});

Deno.test("an address that Auth has not confirmed accepts nothing", async () => {
  await asInvited(async (sql, token) => {
    await become(sql, "postgres", stage);
    await sql`update auth.users set email_confirmed_at = null where email = ${theirEmail}`;
    await become(sql, invited, stage);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_foreign", status: "403" });
  });
});

Deno.test("an unknown token is refused", async () => {
  await stage.as("stranger", async (sql) => {
    for (const token of [newToken().token, "", "' or true --"]) {
      assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_unknown", status: "404" });
    }
  });
});

Deno.test("a revoked invitation is refused; revoking twice changes nothing", async () => {
  await asInvited(async (sql, token, id) => {
    await become(sql, "admin of a", stage);
    const revoke = () => sql`select status from api.revoke_invitation(${stage.a.id}, ${id})`;
    assert.equal((await revoke())[0]?.status, "revoked");
    assert.equal((await revoke())[0]?.status, "revoked");
    await become(sql, invited, stage);
    assert.deepEqual(await accept(sql, token), { ...nothing, code: "invitation_revoked", status: "410" });
    assert.deepEqual(await eventsOfA(sql), ["member_invited", "invitation_revoked", "invitation_revoked"]);
  });
});

Deno.test("sending again replaces the token and gives 7 more days, also after the end", async () => {
  await asInvited(async (sql, token, id) => {
    await become(sql, "postgres", stage);
    await sql`update public.tenant_invitations set expires_at = now() - interval '1 day' where id = ${id}`;
    await become(sql, "admin of a", stage);
    const renewed = newToken();
    const [row] =
      await sql`select status, id from api.resend_invitation(${stage.a.id}, ${id}, ${renewed.hash})`;
    assert.deepEqual({ ...row }, { status: "open", id });
    await become(sql, invited, stage);
    assert.equal((await accept(sql, token)).code, "invitation_unknown");
    assert.equal((await accept(sql, renewed.token)).status, "200");
    await become(sql, "owner of a", stage);
    await assert.rejects(
      sql.savepoint((inner) => inner`select api.resend_invitation(${stage.a.id}, ${id}, ${newToken().hash})`),
      refused("PT409", /accepted/),
    );
  });
});

Deno.test("inviting the same address again is one invitation with the newer role", async () => {
  await stage.as("owner of a", async (sql) => {
    const first = await invite(sql, "new@colleague.test", "agent", newToken().hash);
    const second = await invite(sql, " New@Colleague.test ", "admin", newToken().hash);
    assert.equal(second.id, first.id);
    const rows = await sql`
      select role from api.list_invitations(${stage.a.id}) where email = 'new@colleague.test'`;
    assert.deepEqual(rows.map((row) => row.role), ["admin"]);
  });
});

Deno.test("who may not invite: agents, admins for owners, other tenants; nor a member, nor another tenant's invitation", async () => {
  const inviteAs = (actor: Actor, role: string, email = "x@y.test") =>
    stage.as(actor, (sql) => invite(sql, email, role, newToken().hash));
  await assert.rejects(inviteAs("agent of a", "agent"), refused("42501", /only an owner or admin/));
  await assert.rejects(inviteAs("admin of a", "owner"), refused("42501", /only an owner/));
  await assert.rejects(inviteAs("owner of b", "agent"), refused("42501"));
  await assert.rejects(
    inviteAs("owner of a", "agent", "agent@stage_a.test"),
    refused("PT409", /are a member/),
  );
  await assert.rejects(inviteAs("owner of a", "agent", "no address"), refused("23514"));
  const ofA = (await stage.sql`
    select id from public.tenant_invitations where tenant_id = ${stage.a.id}`)[0]?.id;
  await assert.rejects(
    stage.as("owner of b", (sql) => sql`select api.revoke_invitation(${stage.b.id}, ${ofA})`),
    refused("PT404"),
  );
  await assert.rejects(
    stage.as(
      "owner of b",
      (sql) => sql`select api.resend_invitation(${stage.b.id}, ${ofA}, ${newToken().hash})`,
    ),
    refused("PT404"),
  );
});

Deno.test("agents see no invitations", async () => {
  const rows = await stage.as("agent of a", (sql) => sql`select from api.list_invitations(${stage.a.id})`);
  assert.equal(rows.length, 0);
});
