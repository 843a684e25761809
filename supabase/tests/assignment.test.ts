import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { appear } from "./testing/appear.ts";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

type Role = "owner" | "admin" | "agent";

/** What is true when the bot calls a person. */
interface Situation {
  settings?: Record<string, unknown>;
  online: Role[];
  /** Conversations that somebody holds already. */
  holding?: Partial<Record<Role, number>>;
  language?: string;
  tags?: string[];
}

/** To whom a request is given, by role; `null` for everybody. */
async function asked(sql: TransactionSql, situation: Situation): Promise<Role | null> {
  const { a } = stage;
  await become(sql, "postgres", stage);
  await sql`update public.tenants set settings = ${
    sql.json((situation.settings ?? {}) as never)
  } where id = ${a.id}`;
  await appear(sql, "offline", { tenantId: a.id });
  for (const role of situation.online) {
    await appear(sql, "online", { tenantId: a.id, userId: a.people[role] });
  }
  await become(sql, "worker of a", stage);
  await sql`select set_config('search_path', ${`${a.schemaName}, engine, extensions`}, true)`;
  await sql`delete from escalations`;
  for (const [role, amount] of Object.entries(situation.holding ?? {})) {
    for (let each = 0; each < amount; each++) {
      await sql`
        with person as (insert into contacts (name) values ('x') returning id)
        insert into sessions (contact_id, config_id, holder, assigned_to)
        select id, ${a.configId}, 'human', ${a.people[role as Role]} from person`;
    }
  }
  await sql`update sessions set language = ${situation.language ?? null},
    tags = array(select jsonb_array_elements_text(${
    sql.json(situation.tags ?? [])
  })) where id = ${a.sessionId}`;
  await sql`select engine.call_people(${sql.json([{ session_id: a.sessionId, reason: "asked" }])})`;
  const [session] = await sql<{ holder: string; assigned_to: string | null }[]>`
    select holder, assigned_to from sessions where id = ${a.sessionId}`;
  assert.equal(session?.holder, "queue");
  return (["owner", "admin", "agent"] as const).find((role) => a.people[role] === session?.assigned_to) ??
    null;
}

const balanced = { escalation_assignment: "balanced" };
const skills = (of: Partial<Record<Role, unknown>>) => ({
  ...balanced,
  member_skills: Object.fromEntries(
    Object.entries(of).map(([role, list]) => [stage.a.people[role as Role], list]),
  ),
});

const cases: [name: string, situation: () => Situation, expected: Role | null][] = [
  ["everybody by default", () => ({ online: ["owner", "admin", "agent"] }), null],
  ["who is there", () => ({ settings: balanced, online: ["admin"] }), "admin"],
  ["everybody when nobody is there", () => ({ settings: balanced, online: [] }), null],
  [
    "who holds fewest conversations",
    () => ({
      settings: balanced,
      online: ["owner", "admin", "agent"],
      holding: { owner: 2, admin: 1, agent: 3 },
    }),
    "admin",
  ],
  [
    "who speaks the language, whatever they hold",
    () => ({
      settings: skills({ agent: ["pt"] }),
      online: ["admin", "agent"],
      holding: { agent: 3 },
      language: "pt",
    }),
    "agent",
  ],
  [
    "who knows more of what it is about",
    () => ({
      settings: skills({ admin: ["vip", "pt"], agent: ["pt"] }),
      online: ["admin", "agent"],
      holding: { admin: 1 },
      language: "pt",
      tags: ["vip"],
    }),
    "admin",
  ],
  [
    "who is there, when settings are nonsense",
    () => ({ settings: skills({ agent: 7 }), online: ["agent"] }),
    "agent",
  ],
];

for (const [name, situation, expected] of cases) {
  Deno.test(`a request for a person is given to ${name}`, async () => {
    await stage.as("worker of a", async (sql) => assert.equal(await asked(sql, situation()), expected));
  });
}

Deno.test("a request that was given to somebody can be taken by a colleague", async () => {
  await stage.as("worker of a", async (sql) => {
    assert.equal(await asked(sql, { settings: balanced, online: ["agent"] }), "agent");
    await become(sql, "admin of a", stage);
    const [taken] = await sql`
      select holder, assigned_to from api.take_over(${stage.a.id}, ${stage.a.sessionId}, true)`;
    assert.deepEqual({ ...taken }, { holder: "human", assigned_to: stage.a.people.admin });
  });
});

Deno.test("save_assignment() keeps what members are good at, and requests follow it", async () => {
  await stage.as("admin of a", async (sql) => {
    const { a } = stage;
    const given = { [a.people.agent]: [" pt ", "pt"], [stage.b.people.agent]: ["pt"] };
    await sql`select api.save_assignment(${a.id}, 'balanced', ${sql.json(given)})`;
    const [{ kept } = { kept: null }] = await sql`select api.get_assignment(${a.id}) as kept`;
    assert.deepEqual(kept, { assignment: "balanced", skills: { [a.people.agent]: ["pt"] } });
    const [{ settings } = { settings: {} }] =
      await sql`select settings from public.tenants where id = ${a.id}`;
    assert.equal(
      await asked(sql, { settings, online: ["owner", "admin", "agent"], language: "pt" }),
      "agent",
    );
  });
});

Deno.test("save_assignment() refuses an agent, unknown ways and what are no words", async () => {
  await stage.as("admin of a", async (sql) => {
    const { a } = stage;
    const save = (way: string, skills: unknown) =>
      sql.savepoint((inner) =>
        inner`select api.save_assignment(${a.id}, ${way}, ${sql.json(skills as never)})`
      );
    await assert.rejects(save("fastest", {}), { code: "PT400", detail: "bad_assignment" });
    const bad = [[], { x: "pt" }, { x: [""] }, { x: [1] }, { x: ["y".repeat(41)] }, {
      x: Array(21).fill("z"),
    }];
    for (const skills of bad) {
      await assert.rejects(save("shared", skills), { code: "PT400", detail: "bad_skills" });
    }
    await become(sql, "agent of a", stage);
    await assert.rejects(save("shared", {}), { code: "42501" });
  });
});
