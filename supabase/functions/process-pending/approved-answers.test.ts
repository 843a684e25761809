import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

const person = "5491100000001";

interface Approved {
  variants: string[];
  answers: Record<string, string>;
  expiresIn?: string;
  status?: string;
}

async function approve(
  world: TestWorld,
  tenant: TestTenant,
  { variants, answers, expiresIn = "1 day", status = "approved" }: Approved,
): Promise<string> {
  const [row] = await world.look(tenant, (sql) =>
    sql<{ id: string }>`
      with answer as (
        insert into canonical_answers (answers, status, approved_at, expires_at)
        values (${sql.json(answers)}, ${status}, case when ${status} <> 'draft' then now() end,
          now() + ${expiresIn}::interval)
        returning id
      ), worded as (
        insert into canonical_variants (answer_id, text)
        select answer.id, v.text from answer, jsonb_array_elements_text(${sql.json(variants)}) as v (text)
      )
      select id from answer`);
  return row?.id ?? "";
}

const hours = {
  variants: ["¿A qué hora abren?", "¿Cuál es el horario?"],
  answers: { es: "Abrimos a las 9." },
};

Deno.test("processDueWork() sends approved answers without a model", async (test) => {
  const world = await startWorld();
  const model = () => scriptedModel(buildProposal());
  const ledger = (tenant: TestTenant) =>
    world.look(
      tenant,
      (sql) =>
        sql`select t.decision, t.model_calls as calls, t.evidence ->> 'canonicalId' as id,
          (t.scores ->> 'canonical')::real as score
        from turns t order by t.created_at`,
    );

  await test.step("one whose wording is near enough, in the customer's language, and counts it", async () => {
    const tenant = await world.makeTenant();
    const id = await approve(world, tenant, hours);
    const worker = world.worker({ model: model() });
    await world.write(tenant, person, "A que hora abren??");
    await worker.run();
    assert.deepEqual(worker.posts[0]?.content, {
      type: "text",
      text: "Abrimos a las 9.",
    });
    assert.deepEqual((await ledger(tenant)).map((row) => ({ ...row })), [
      { decision: "canonical", calls: 0, id, score: 1 },
    ]);
    const [answer] = await world.look(
      tenant,
      (sql) =>
        sql`select a.hits, a.last_hit_at is not null as is_hit,
          (select count(*) from canonical_variants v where v.model = 'offline/ngrams-1') as embedded
        from canonical_answers a`,
    );
    assert.deepEqual({ ...answer }, { hits: 1, is_hit: true, embedded: 2 });
    await world.write(tenant, person, "quiero inscribirme");
    await worker.run();
    assert.equal((await ledger(tenant))[1]?.decision, "auto_answer");
  });

  await test.step("none that has expired, is a draft or retired, or is written in another language", async () => {
    const tenant = await world.makeTenant();
    await approve(world, tenant, { ...hours, expiresIn: "-1 second" });
    await approve(world, tenant, { ...hours, status: "draft" });
    await approve(world, tenant, { ...hours, status: "retired" });
    await approve(world, tenant, {
      ...hours,
      answers: { de: "Wir öffnen um 9." },
    });
    const worker = world.worker({ model: model() });
    await world.write(tenant, person, "¿A qué hora abren?");
    await worker.run();
    assert.deepEqual((await ledger(tenant)).map(({ decision }) => decision), [
      "auto_answer",
    ]);
  });

  await test.step("none of two that contradict each other; that is recorded with both", async () => {
    const tenant = await world.makeTenant();
    const one = await approve(world, tenant, hours);
    const other = await approve(world, tenant, {
      ...hours,
      answers: { es: "Abrimos a las 10." },
    });
    const worker = world.worker({ model: model() });
    await world.write(tenant, person, "¿A qué hora abren?");
    await worker.run();
    const [turn] = await world.look(
      tenant,
      (sql) =>
        sql`select t.decision, t.evidence -> 'contradictedIds' as ids,
          (select jsonb_object_agg(a.id, a.contradicts) from canonical_answers a) as contradicts,
          (select jsonb_agg(e.name) from events e where e.name = 'answers_contradicted') as events
        from turns t`,
    );
    assert.equal(turn?.decision, "auto_answer");
    assert.deepEqual([...(turn?.ids as string[])].sort(), [one, other].sort());
    assert.deepEqual(turn?.contradicts, { [one]: [other], [other]: [one] });
    assert.deepEqual(turn?.events, ["answers_contradicted"]);
  });

  await test.step("also by the same words alone, when the embedder fails or is missing", async () => {
    const tenant = await world.makeTenant();
    await approve(world, tenant, hours);
    for (
      const embedder of [null, {
        name: "down",
        embed: () => Promise.reject(new Error("down")),
      }]
    ) {
      const worker = world.worker({ model: model(), embedder });
      await world.write(tenant, person, "cual es el horario");
      await worker.run();
      assert.equal(worker.posts.length > 0, true);
      assert.deepEqual(
        worker.reports,
        embedder === null ? [] : ["embedding_failed: down"],
      );
    }
    assert.deepEqual((await ledger(tenant)).map(({ decision }) => decision), [
      "canonical",
      "canonical",
    ]);
  });

  await world.stop();
});
