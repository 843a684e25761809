import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { offlineEmbedder } from "@app/models/mod.ts";
import { z } from "zod";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

const person = "5491100000001";

async function setBudgets(
  world: TestWorld,
  tenant: TestTenant,
  budgets: Record<string, number>,
): Promise<void> {
  const settings = { engine: { budgets: { save_from: 0.5, ...budgets } } };
  await world.admin`update public.tenants set settings = ${
    world.admin.json(settings)
  } where id = ${tenant.id}`;
}

const costly = (text: string, costUsd: number) => {
  const model = scriptedModel(
    buildProposal({ replies: [{ text, buttons: [] }] }),
  );
  const { complete } = model;
  return Object.assign(model, {
    complete: async (...args: Parameters<typeof complete>) => ({
      ...await complete.apply(model, args),
      costUsd,
    }),
  });
};

Deno.test("processDueWork() keeps to budgets and goes down the ladder without falling silent", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await setBudgets(world, tenant, { tenant_usd_per_day: 0.3 });
    const worker = world.worker({
      model: costly("dear", 0.1),
      smallerModel: costly("cheap", 0.09),
    });
    const said: string[] = [];
    for (let turn = 0; turn < 5; turn++) {
      await world.write(tenant, `549110000000${turn}`, "quiero saber más");
      await worker.run();
      const { content } = worker.posts.at(-1) ?? {};
      said.push(z.object({ text: z.string() }).parse(content).text);
    }
    // 0.1, 0.2, then half is spent: 0.29 and, since 0.29 is under 0.3, one more.
    assert.deepEqual(said.slice(0, 4), ["dear", "dear", "cheap", "cheap"]);
    assert.match(said[4] ?? "", /compañer|persona|equipo|colega/i);
    const turns = await world.look(
      tenant,
      (sql) =>
        sql`select t.decision, coalesce(t.scores ->> 'budget', '0') as budget, t.evidence ->> 'rule' as rule
        from turns t order by t.created_at`,
    );
    assert.deepEqual(turns.map((turn) => Object.values(turn)), [
      ["auto_answer", "0", "sure"],
      ["auto_answer", "0", "sure"],
      ["auto_answer", "1", "sure"],
      ["auto_answer", "1", "sure"],
      [turns[4]?.decision, "3", "budget_spent"],
    ]);
    assert.ok(["escalate", "queue"].includes(String(turns[4]?.decision)));
    const [left] = await world.look(
      tenant,
      (sql) =>
        sql`select (select s.usd::float8 from spendings s where s.contact_id is null) as usd,
        (select count(*) from budget_reservations) as reserved, (select count(*) from escalations) as people`,
    );
    assert.deepEqual({ ...left }, { usd: 0.38, reserved: 0, people: 1 });
  } finally {
    await world.stop();
  }
});

Deno.test("processDueWork() still sends approved answers, and counts turns of a contact, when a budget is spent", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await setBudgets(world, tenant, { contact_turns_per_day: 1 });
    await world.look(tenant, (sql) =>
      sql`with answer as (
          insert into canonical_answers (answers, status, approved_at) values ('{"es": "A las 9."}', 'approved', now())
          returning id
        )
        insert into canonical_variants (answer_id, text) select id, '¿A qué hora abren?' from answer`);
    const worker = world.worker({ model: costly("hola", 0.01) });
    const decisions: unknown[] = [];
    for (const text of ["hola", "a que hora abren", "quiero más"]) {
      await world.write(tenant, person, text);
      await worker.run();
      const [turn] = await world.look(
        tenant,
        (sql) => sql`select t.decision from turns t order by t.created_at desc limit 1`,
      );
      decisions.push(turn?.decision);
    }
    assert.deepEqual(decisions.slice(0, 2), ["auto_answer", "canonical"]);
    assert.ok(["escalate", "queue"].includes(String(decisions[2])));
    assert.equal(worker.posts.length >= 3, true);
  } finally {
    await world.stop();
  }
});

Deno.test("engine.reserve_budget() lets 1,000 turns at once spend at most the budget and one turn", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    const runs = 1_000;
    const budgets = {
      tenant_usd_per_day: 1,
      contact_usd_per_day: 0.4,
      contact_turns_per_day: null,
      save_from: 0.8,
    };
    const sessions: string[] = [];
    for (let contact = 0; contact < 5; contact++) {
      sessions.push(
        await world.write(tenant, `549110000010${contact}`, "hola"),
      );
    }
    const turns = await world.look(
      tenant,
      (sql) =>
        sql<{ id: string; contact: string }>`
        with made as (
          insert into turns (session_id, fence, status, error)
          select s.id::uuid, 0, 'failed', 'staged' from jsonb_array_elements_text(${
          sql.json(sessions)
        }) as s (id)
          cross join generate_series(1, ${runs / 5}::integer)
          returning id, session_id
        )
        select m.id, s.contact_id as contact from made m join sessions s on s.id = m.session_id`,
    );
    assert.equal(turns.length, runs);
    let spent = 0;
    let dearest = 0;
    let asked = 0;
    let searched = 0;
    const ofContact = new Map<string, number>();
    let seed = 11;
    const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const play = async ({ id, contact }: { id: string; contact: string }) => {
      const level = await world.database.callAsTenant(
        tenant,
        (call) =>
          call`engine.reserve_budget(${id}::uuid, ${contact}::uuid, ${call.json(budgets)}, 150::numeric)`,
      );
      if (level === "spent") return;
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
      // Without a model, looking for an approved answer still costs something.
      const calls = level === "approved_only" ? 0 : 1;
      const costUsd = Math.round(random() * (calls === 0 ? 1_000 : 50_000)) / 1e6;
      asked += calls;
      searched += 1 - calls;
      spent += costUsd;
      ofContact.set(contact, (ofContact.get(contact) ?? 0) + costUsd);
      dearest = Math.max(dearest, costUsd);
      await world.database.callAsTenant(
        tenant,
        (call) => call`engine.settle_budgets(${call.json([{ turn_id: id, model: { costUsd, calls } }])})`,
      );
    };
    const waiting = [...turns];
    await Promise.all(Array.from({ length: 24 }, async () => {
      for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
        await play(turn);
      }
    }));
    assert.ok(asked > 20, `${asked} turns had a model`);
    assert.ok(searched > 0, "no turn was refused a model and allowed a search");
    assert.ok(spent <= 1 + dearest, `${spent} of 1 spent`);
    for (const usd of ofContact.values()) {
      assert.ok(usd <= 0.4 + dearest, `${usd} of 0.4 spent`);
    }
    const [row] = await world.look(
      tenant,
      (sql) =>
        sql`select s.usd::float8 as usd, s.turns, (select count(*) from budget_reservations) as reserved
        from spendings s where s.contact_id is null`,
    );
    assert.deepEqual([
      Math.round(Number(row?.usd) * 1e6),
      row?.turns,
      row?.reserved,
    ], [
      Math.round(spent * 1e6),
      asked,
      0,
    ]);
  } finally {
    await world.stop();
  }
});

Deno.test("a budget pays for calls that failed and for drafts that were thrown away", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await setBudgets(world, tenant, { tenant_usd_per_day: 10 });
    const spent = { inputTokens: 300, cachedTokens: 0, outputTokens: 40, costUsd: 0.2 };
    const answers = [Object.assign(new TypeError("the stream broke off"), { spent }), buildProposal()];
    const worker = world.worker({ model: scriptedModel(answers), settings: { backoffSeconds: 0.01 } });
    await world.write(tenant, person, "hola");
    for (let run = 0; run < 20 && worker.posts.length === 0; run++) {
      await worker.run();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const turns = await world.look(
      tenant,
      (sql) =>
        sql`select t.status, t.model_calls as calls, t.input_tokens as read, t.cost_usd::float8 as usd from turns t order by t.created_at`,
    );
    assert.deepEqual(turns.map((turn) => Object.values(turn)), [
      ["failed", 1, 300, 0.2],
      ["committed", 1, 100, 0.001],
    ]);
    const [paid] = await world.look(
      tenant,
      (sql) =>
        sql`select s.usd::float8 as usd, s.turns, s.highest_usd::float8 as highest,
          (select count(*) from budget_reservations) as reserved from spendings s where s.contact_id is null`,
    );
    assert.deepEqual({ ...paid }, { usd: 0.201, turns: 2, highest: 0.2, reserved: 0 });
  } finally {
    await world.stop();
  }
});

Deno.test("a budget pays for embeddings; when it is spent nothing that costs is asked, and the very same words are still answered", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await setBudgets(world, tenant, { tenant_usd_per_day: 0.5 });
    await world.look(tenant, (sql) =>
      sql`with answer as (
          insert into canonical_answers (answers, status, approved_at) values ('{"es": "A las 9."}', 'approved', now())
          returning id
        )
        insert into canonical_variants (answer_id, text) select id, '¿A qué hora abren?' from answer`);
    const offline = offlineEmbedder();
    let searches = 0;
    const embedder = {
      name: offline.name,
      embed(texts: string[], signal: AbortSignal, onCost?: (usd: number) => void) {
        searches++;
        onCost?.(0.000_000_4);
        return offline.embed(texts, signal);
      },
    };
    const worker = world.worker({ model: costly("hola", 0.6), embedder });
    const ask = async (text: string) => {
      await world.write(tenant, person, text);
      await worker.run();
      const [turn] = await world.look(
        tenant,
        (sql) =>
          sql<{ decision: string; usd: number; budget: string }>`select t.decision, t.cost_usd::float8 as usd,
          coalesce(t.scores ->> 'budget', '0') as budget from turns t order by t.created_at desc limit 1`,
      );
      return [turn?.decision, turn?.usd, turn?.budget];
    };
    assert.deepEqual(await ask("¿tienen sauna?"), ["auto_answer", 0.600_000_4, "0"]);
    assert.equal(searches, 1);
    assert.deepEqual(await ask("a que hora abren"), ["canonical", 0, "3"]);
    const [decision, usd, budget] = await ask("quiero saber más");
    assert.ok(["escalate", "queue"].includes(String(decision)), String(decision));
    assert.deepEqual([usd, budget, searches], [0, "3", 1]);
    const [paid] = await world.look(
      tenant,
      (sql) => sql`select s.usd::float8 as usd, s.turns from spendings s where s.contact_id is null`,
    );
    assert.deepEqual({ ...paid }, { usd: 0.600_000_4, turns: 1 });
  } finally {
    await world.stop();
  }
});

Deno.test("a budget pays for a turn that another worker took over", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await setBudgets(world, tenant, { tenant_usd_per_day: 10 });
    let calls = 0;
    const model = scriptedModel(async () => {
      if (++calls === 1) return "no JSON at all";
      // The second call is under way when somebody else has the lease; it never ends.
      await world.admin`update private.due_work set lease_token = gen_random_uuid()`;
      return await new Promise<never>(() => {});
    });
    await world.write(tenant, person, "hola");
    const run = world.worker({ model, settings: { leaseSeconds: 1, claimForMs: 200 } }).start();
    await run.claimed;
    await run.finished;
    const [paid] = await world.look(
      tenant,
      (sql) =>
        sql`select s.usd::float8 as usd, (select count(*) from budget_reservations) as reserved,
          (select t.status from turns t) as status from spendings s where s.contact_id is null`,
    );
    assert.deepEqual([calls, { ...paid }], [2, { usd: 0.001, reserved: 0, status: "open" }]);
  } finally {
    await world.stop();
  }
});
