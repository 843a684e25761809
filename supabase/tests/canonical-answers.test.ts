import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { z } from "zod";
import { handle as publishMachine } from "../functions/publish-machine/handler.ts";
import { handle as saveSettings } from "../functions/save-settings/handler.ts";
import { handle as testAnswer } from "../functions/test-canonical-answer/handler.ts";
import { offlineEmbedder } from "@app/models/mod.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { type MemberWorld, startMemberWorld } from "./testing/member-world.ts";

let world: MemberWorld;
Deno.test.beforeAll(async () => void (world = await startMemberWorld()));
Deno.test.afterAll(() => world.stop());

const answers = { "es": "Abrimos a las 9.", "pt-BR": "Abrimos às 9." };

async function save(sql: TransactionSql, more: Record<string, unknown> = {}): Promise<string> {
  const {
    id = null,
    variants = ["¿A qué hora abren?", " ¿A qué hora abren? ", "¿Horario?"],
    texts = answers,
  } = more;
  const [row] = await sql<{ id: string }[]>`
    select api.save_canonical_answer(${world.a.id}, (select array_agg(v) from jsonb_array_elements_text(${
    sql.json(variants as never)
  }) v), ${sql.json(texts as never)}, p_id => ${id as string | null}) as id`;
  return row?.id ?? "";
}

Deno.test("an agent drafts an answer, an admin approves and retires it, and only they", async () => {
  await world.as("agent of a", async (sql) => {
    const id = await save(sql);
    const [row] = await sql`select * from api.list_canonical_answers(${world.a.id}) where id = ${id}`;
    assert.deepEqual([row?.status, row?.owner_id, row?.hits], ["draft", world.a.people.agent, "0"]);
    assert.deepEqual([...row?.variants].sort(), ["¿A qué hora abren?", "¿Horario?"].sort());
    assert.equal(await save(sql, { id, variants: ["¿Cuándo abren?"] }), id);
    await sql`savepoint refused`;
    await assert.rejects(sql`select api.approve_canonical_answer(${world.a.id}, ${id})`, { code: "42501" });
    await sql`rollback to refused`;
    const claims = JSON.stringify({ sub: world.a.people.admin, role: "authenticated" });
    await sql`select set_config('request.jwt.claims', ${claims}, true)`;
    await sql`select api.approve_canonical_answer(${world.a.id}, ${id})`;
    const [approved] =
      await sql`select status, approved_by from api.list_canonical_answers(${world.a.id}) where id = ${id}`;
    assert.deepEqual({ ...approved }, { status: "approved", approved_by: world.a.people.admin });
    const back = JSON.stringify({ sub: world.a.people.agent, role: "authenticated" });
    await sql`select set_config('request.jwt.claims', ${back}, true)`;
    await sql`savepoint refused`;
    await assert.rejects(save(sql, { id }), { code: "PT404" }, "an agent may not change what was approved");
    await sql`rollback to refused`;
    await sql`select set_config('request.jwt.claims', ${claims}, true)`;
    await sql`select api.retire_canonical_answer(${world.a.id}, ${id})`;
    assert.equal(
      (await sql`select from api.list_canonical_answers(${world.a.id}) where id = ${id}`).length,
      0,
    );
    const events = await sql`select name from events where name like 'answer_%' order by id`;
    assert.deepEqual(events.map(({ name }) => name), ["answer_approved", "answer_retired"]);
    await save(sql, { id });
    const [again] = await sql`select status from api.list_canonical_answers(${world.a.id}) where id = ${id}`;
    assert.equal(again?.status, "draft", "what is changed needs approval again");
  });
});

Deno.test("what is no answer is refused with the reason", async () => {
  for (
    const [more, why] of [
      [{ variants: [] }, /1 to 10 wordings/],
      [{ variants: Array.from({ length: 11 }, (_, index) => `question ${index}`) }, /1 to 10 wordings/],
      [{ variants: [" "] }, /1 to 500 characters/],
      [{ variants: ["x".repeat(501)] }, /1 to 500 characters/],
      [{ texts: {} }, /languages and texts/],
      [{ texts: ["es"] }, /languages and texts/],
      [{ texts: { Spanish: "Sí." } }, /language such as es/],
      [{ texts: { es: "" } }, /1 to 4,096/],
      [{ texts: { es: 5 } }, /1 to 4,096/],
    ] as const
  ) {
    await assert.rejects(
      world.as("owner of a", (sql) => save(sql, more)),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, "PT400");
        assert.match(error.message, why);
        return true;
      },
    );
  }
  const foreign = { id: "00000000-0000-4000-8000-000000000009" };
  await assert.rejects(world.as("owner of a", (sql) => save(sql, foreign)), { code: "PT404" });
});

Deno.test("an answer is made of what was sent to a customer and what they had asked", async () => {
  await world.as("postgres", async (sql) => {
    const say = async (direction: string, sender: string, content: string) => {
      const [row] = await sql<{ id: string }[]>`
        insert into messages (session_id, config_id, direction, sender_type, type, content, status, language)
        values (${world.a.sessionId}, ${world.a.configId}, ${direction}, ${sender}, 'text', ${content},
          ${direction === "inbound" ? "received" : "sent"}, 'es') returning id`;
      return row?.id ?? "";
    };
    await say("outbound", "bot", "¿Algo más?");
    await say("inbound", "contact", "¿Hacen envíos");
    await say("inbound", "contact", "a La Paz?");
    await say("outbound", "agent", "¡Buena pregunta!");
    const answer = await say("outbound", "agent", "Sí, en 48 horas.");
    const claims = JSON.stringify({ sub: world.a.people.agent, role: "authenticated" });
    await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
    const [made] = await sql`select api.make_canonical_answer(${world.a.id}, ${answer}) as id`;
    const [row] = await sql`select * from api.list_canonical_answers(${world.a.id}) where id = ${made?.id}`;
    assert.deepEqual(
      [row?.variants, row?.answers, row?.status, row?.source_message_id],
      [["¿Hacen envíos a La Paz?"], { es: "Sí, en 48 horas." }, "draft", answer],
    );
    await assert.rejects(sql`select api.make_canonical_answer(${world.a.id}, ${world.a.messageId})`, {
      code: "PT404",
    });
  });
});

Deno.test("test-canonical-answer says what a question would get", async () => {
  const ask = async (text: string) =>
    await world.post(
      (request, context) =>
        testAnswer(request, context, {
          ...world.ports,
          embedders: { embedderFor: () => Promise.resolve(offlineEmbedder()) },
        }),
      await world.tokenOf(world.a.people.owner),
      { tenant_id: world.a.id, text, language: "es" },
    );
  assert.deepEqual((await ask("a que hora abren")).body, {
    match: null,
    threshold: 0.9,
    is_sent: false,
    contradicted_ids: [],
    is_by_words_only: false,
  });
  const answers = world.sql(`${world.a.schemaName}`);
  const [row] = await world.sql`
    update ${answers}.canonical_answers set status = 'approved', approved_at = now() returning id`;
  const found = await ask("a que hora abren!");
  assert.deepEqual([found.body.match, found.body.is_sent], [
    { id: row?.id, score: 1, text: "A las 9." },
    true,
  ]);
  const far = await ask("¿Hacen envíos?");
  assert.equal(far.body.is_sent, false);
});

Deno.test("save-settings keeps sound settings and lists everything that is wrong with others", async () => {
  const post = async (settings: unknown) =>
    await world.post(
      (request, context) => saveSettings(request, context, world.ports),
      await world.tokenOf(world.a.people.admin),
      { tenant_id: world.a.id, settings },
    );
  const good = await post({ thresholds: { canonical: 0.95 }, blocked_topics: [{ topic: "política" }] });
  assert.equal(good.status, 200);
  assert.match(good.text, /"auto_answer":0.75/);
  const [stored] = await world
    .sql`select settings -> 'engine' as engine from public.tenants where id = ${world.a.id}`;
  assert.deepEqual(stored?.engine, {
    thresholds: { canonical: 0.95 },
    blocked_topics: [{ topic: "política" }],
  });
  const bad = await post({ thresholds: { clarify: 0.9, canonical: 2 }, surplus: 1 });
  assert.equal(bad.status, 422);
  assert.equal(bad.body.error?.code, "invalid_settings");
  assert.match(bad.text, /thresholds.canonical.*surplus|surplus.*thresholds.canonical/);
  const [after] = await world
    .sql`select settings -> 'engine' as engine from public.tenants where id = ${world.a.id}`;
  assert.deepEqual(after?.engine, stored?.engine);
});

Deno.test("publish-machine publishes what verification lets through, and nothing with an error", async () => {
  const post = async (definition: unknown) =>
    await world.post(
      (request, context) => publishMachine(request, context, world.ports),
      await world.tokenOf(world.a.people.admin),
      { tenant_id: world.a.id, definition, note: "checked" },
    );
  const versions = async () => {
    const rows = await world.sql`select version, note from ${
      world.sql(world.a.schemaName)
    }.state_machine_versions order by 1`;
    return rows.map(({ version, note }) => [version, note]);
  };
  const good = await post(demoMachines.gym);
  assert.equal(good.status, 200, good.text);
  assert.deepEqual([good.body.version, await versions()], [2, [[1, "staged"], [2, "checked"]]]);
  const broken = { ...demoMachines.gym, initial: "nowhere" };
  const bad = await post(broken);
  assert.deepEqual([bad.status, bad.body.error?.code], [422, "machine_has_errors"]);
  const [finding] =
    z.object({ findings: z.array(z.record(z.string(), z.unknown())) }).parse(bad.body).findings;
  assert.deepEqual([finding?.severity, finding?.path], ["error", "initial"]);
  assert.equal((await versions()).length, 2);
  const [door] = await world.sql`
    select count(*)::int as doors from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'api' and p.prosrc ~ 'publish_machine|store_machine_version|state_machine_versions \\('`;
  assert.equal(door?.doors, 0, "nothing that people can call publishes unverified");
});
