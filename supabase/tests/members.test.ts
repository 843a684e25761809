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

const members = async (sql: TransactionSql) => {
  const rows = await sql<{ role: string }[]>`select role from api.list_members(${stage.a.id}) order by role`;
  return rows.map((row) => row.role);
};

const changeRole = (sql: TransactionSql, user: string, role: string) =>
  sql`select role from api.change_role(${stage.a.id}, ${user}, ${role})`;

const invite = async (sql: TransactionSql, email: string, role: string, hash: string) => {
  const [row] = await sql<{ id: string; status: string; email: string }[]>`
    select id, status, email from api.invite_member(${stage.a.id}, ${email}, ${role}, ${hash})`;
  assert.ok(row);
  return row;
};

const eventNames = async (sql: TransactionSql) => {
  await become(sql, "postgres", stage);
  const rows = await sql<{ name: string }[]>`
    select name from ${sql(stage.a.schemaName)}.events where name <> 'session_opened' order by id`;
  return rows.map((row) => row.name);
};

Deno.test("api.list_members() shows colleagues with their addresses, and only to members", async () => {
  const rows = await stage.as("agent of a", (sql) =>
    sql`
    select role, email, is_me from api.list_members(${stage.a.id})`);
  assert.deepEqual(rows.map((row) => [row.role, row.email, row.is_me]), [
    ["admin", "admin@stage_a.test", false],
    ["agent", "agent@stage_a.test", true],
    ["owner", "owner@stage_a.test", false],
  ]);
  await assert.rejects(stage.as("owner of b", members), refused("42501", /you do not act for it/));
});

Deno.test("api.change_role() is for owners, and for admins below owner; it is recorded", async () => {
  await stage.as("owner of a", async (sql) => {
    const [row] = await changeRole(sql, stage.a.people.agent, "owner");
    assert.equal(row?.role, "owner");
    assert.deepEqual(await eventNames(sql), ["role_changed"]);
  });
  await stage.as("admin of a", async (sql) => {
    const [row] = await changeRole(sql, stage.a.people.agent, "admin");
    assert.equal(row?.role, "admin");
  });
  const asAdmin = (user: string, role: string) =>
    stage.as("admin of a", (sql) => changeRole(sql, user, role));
  await assert.rejects(asAdmin(stage.a.people.agent, "owner"), refused("42501", /only an owner may/));
  await assert.rejects(asAdmin(stage.a.people.owner, "agent"), refused("42501"));
  await assert.rejects(
    stage.as("agent of a", (sql) => changeRole(sql, stage.a.people.agent, "admin")),
    refused("42501"),
  );
  await assert.rejects(
    stage.as("owner of a", (sql) => changeRole(sql, stage.b.people.agent, "agent")),
    refused("PT404"),
  );
  await assert.rejects(
    stage.as("owner of a", (sql) => changeRole(sql, stage.a.people.agent, "postgres")),
    refused("23514"),
  );
});

Deno.test("the last owner can neither step down, leave, be removed nor have the login deleted", async () => {
  const { owner } = stage.a.people;
  const attempts: ((sql: TransactionSql) => Promise<unknown>)[] = [
    (sql) => changeRole(sql, owner, "agent"),
    (sql) => sql`select api.leave_tenant(${stage.a.id})`,
    (sql) => sql`select api.remove_member(${stage.a.id}, ${owner})`,
  ];
  for (const attempt of attempts) {
    await assert.rejects(stage.as("owner of a", attempt), refused("PT409", /last owner/));
  }
  await assert.rejects(
    stage.as("postgres", (sql) => sql`delete from auth.users where id = ${owner}`),
    refused("PT409"),
  );
});

Deno.test("of two owners who remove each other at once one stays", async () => {
  const [one, other] = [stage.b.people.owner, stage.b.people.admin];
  const remove = (caller: string, user: string) =>
    stage.sql.begin(async (sql) => {
      const claims = JSON.stringify({ sub: caller, role: "authenticated" });
      await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
      await sql`select api.remove_member(${stage.b.id}, ${user})`;
    });
  for (let round = 0; round < 10; round++) {
    await stage.sql`
      insert into public.tenant_members (tenant_id, user_id, role, display_name)
      values (${stage.b.id}, ${one}, 'owner', 'one'), (${stage.b.id}, ${other}, 'owner', 'other')
      on conflict (tenant_id, user_id) do update set role = 'owner'`;
    const ends = await Promise.allSettled([remove(one, other), remove(other, one)]);
    const owners = await stage.sql`
      select from public.tenant_members where tenant_id = ${stage.b.id} and role = 'owner'`;
    assert.equal(owners.length, 1);
    assert.equal(ends.filter((end) => end.status === "fulfilled").length, 1);
  }
});

Deno.test("api.remove_member() frees what the person held, takes back their invitations and records it", async () => {
  await stage.as("admin of a", async (sql) => {
    await invite(sql, "friend@of.admin", "agent", newToken().hash);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    await become(sql, "owner of a", stage);
    await sql`select api.remove_member(${stage.a.id}, ${stage.a.people.admin})`;
    assert.deepEqual(await members(sql), ["agent", "owner"]);
    const [session] = await sql`
      select holder, assigned_to from api.get_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual({ ...session }, { holder: "queue", assigned_to: null });
    const [invitation] = await sql`
      select status from api.list_invitations(${stage.a.id}) where email = 'friend@of.admin'`;
    assert.equal(invitation?.status, "revoked");
    await become(sql, "admin of a", stage);
    await assert.rejects(sql.savepoint((inner) => members(inner)), refused("42501"));
    assert.deepEqual(await eventNames(sql), [
      "member_invited",
      "session_taken_over",
      "session_released",
      "member_removed",
    ]);
  });
});

Deno.test("api.remove_member() refuses an agent, an admin who goes for an owner, and strangers", async () => {
  const remove = (actor: Actor, user: string) =>
    stage.as(actor, (sql) => sql`select api.remove_member(${stage.a.id}, ${user})`);
  await assert.rejects(remove("agent of a", stage.a.people.admin), refused("42501"));
  await assert.rejects(remove("admin of a", stage.a.people.owner), refused("42501"));
  await assert.rejects(remove("owner of b", stage.a.people.agent), refused("42501"));
  await assert.rejects(remove("owner of a", stage.b.people.agent), refused("PT404"));
});

Deno.test("api.leave_tenant() ends one's own membership", async () => {
  await stage.as("agent of a", async (sql) => {
    await sql`select api.leave_tenant(${stage.a.id})`;
    assert.equal((await sql`select from api.list_my_tenants()`).length, 0);
    assert.deepEqual(await eventNames(sql), ["member_left"]);
  });
});

Deno.test("api.update_my_profile() changes what is given, for oneself alone, and never the role", async () => {
  await stage.as("agent of a", async (sql) => {
    await sql`select api.update_my_profile(${stage.a.id}, p_phone => '+591 700 00000', p_availability => 'away')`;
    const [row] = await sql`
      select display_name, phone, chosen_availability as chosen, role from api.update_my_profile(${stage.a.id}, 'Ana', p_phone => '')`;
    assert.deepEqual({ ...row }, { display_name: "Ana", phone: null, chosen: "away", role: "agent" });
  });
  await assert.rejects(
    stage.as("agent of a", (sql) => sql`select api.update_my_profile(${stage.a.id}, '  ')`),
    refused("23514"),
  );
});
