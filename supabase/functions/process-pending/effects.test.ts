import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld } from "./testing.ts";

Deno.test("engine.commit_turns() does what turns decided besides replying", async (test) => {
  const world = await startWorld();
  const person = "5491100000001";

  await test.step("STOP is confirmed once and honoured from that turn on", async () => {
    const tenant = await world.makeTenant();
    const model = scriptedModel(buildProposal());
    const worker = world.worker({ model });
    await world.write(tenant, person, "STOP");
    await worker.run();
    await world.write(tenant, person, "hola?");
    await worker.run();
    assert.deepEqual(worker.posts.map(({ content }) => content), [
      { type: "text", text: "Listo: no te escribimos más." },
    ]);
    assert.equal(model.calls.length, 0);
    const [contact] = await world.look(
      tenant,
      (sql) =>
        sql`select c.opted_out_at is not null as is_out, (select jsonb_agg(e.name order by e.id) from events e) as events
        from contacts c`,
    );
    assert.deepEqual({ ...contact }, {
      is_out: true,
      events: ["contact_opted_out"],
    });
    const [turn] = await world.look(
      tenant,
      (sql) => sql`select decision, scores, evidence ->> 'rule' as rule from turns`,
    );
    assert.deepEqual({ ...turn }, {
      decision: "auto_answer",
      scores: { opted_out: 1 },
      rule: "opted_out",
    });
  });

  await test.step("asking back is counted, until something is learned or a person is called", async () => {
    const tenant = await world.makeTenant();
    const confidences = [0.6, 0.6, 0.6];
    const model = scriptedModel(() => buildProposal({ confidence: confidences.shift() ?? 0.9 }));
    const worker = world.worker({ model });
    const seen: unknown[] = [];
    for (const text of ["¿y eso?", "¿cómo?", "¿qué cosa?"]) {
      await world.write(tenant, person, text);
      await worker.run();
      const [row] = await world.look(
        tenant,
        (sql) =>
          sql`select s.clarifications, s.holder, t.decision from sessions s join turns t on t.session_id = s.id
          order by t.created_at desc limit 1`,
      );
      seen.push(row && Object.values(row));
    }
    assert.deepEqual(seen, [[1, "bot", "clarify"], [2, "bot", "clarify"], [
      0,
      "queue",
      "escalate",
    ]]);
  });

  await world.stop();
});
