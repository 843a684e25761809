import {
  decisionTable,
  defaultSettings,
  type EngineSettings,
  isOpenAt,
  parseSettings,
  recomputeDecision,
} from "@app/sales-engine/mod.ts";
import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { z } from "zod";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const open = [{ from: "09:00", to: "13:00" }, { from: "15:00", to: "24:00" }];
const office = {
  time_zone: "America/La_Paz",
  weekly: { monday: open, tuesday: open, wednesday: open, thursday: open, friday: open, saturday: open },
  holidays: ["2026-11-24"],
};

/** Settings whose effect is computed both ways. */
const others: Record<string, Record<string, unknown>> = {
  "the defaults": {},
  "strict": { thresholds: { auto_answer: 0.9, clarify: 0.6, canonical: 0.97 } },
  "lax": { thresholds: { auto_answer: 0.3, clarify: 0.1, canonical: 0.5 } },
  "edges": { thresholds: { auto_answer: 1, clarify: 0, canonical: 0 } },
  "short patience": {
    limits: { clarifications_in_a_row: 1, escalations_per_contact_per_day: 1, turns_against_bots: 2 },
  },
  "office hours": { office_hours: office },
};

const result = z.object({
  turns: z.number(),
  is_partial: z.boolean(),
  decisions_now: z.record(z.string(), z.number()),
  decisions_then: z.record(z.string(), z.number()),
  changed: z.number(),
  changes: z.array(
    z.object({
      turn_id: z.string(),
      session_id: z.string(),
      from: z.string(),
      to: z.string(),
      rule: z.string(),
    }),
  ),
});

const from = "2026-11-20T00:00:00Z";
const to = "2026-11-28T00:00:00Z";

async function preview(sql: TransactionSql, settings: unknown) {
  const [row] = await sql`
    select * from api.preview_settings(${stage.a.id}, ${sql.json(settings as never)}, ${from}, ${to})`;
  return result.parse(row);
}

/** Deterministic numbers, so that a failure can be seen again. */
function* numbers(): Generator<number> {
  for (let state = 7;;) yield (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

interface Seeded {
  id: string;
  at: string;
  scores: Record<string, number>;
  decision: string;
}

/** Turns whose signals stand on every side of every limit, decided with the defaults. */
async function seedTurns(sql: TransactionSql): Promise<Seeded[]> {
  const random = numbers();
  const next = () => random.next().value as number;
  const pick = <T>(list: T[]): T => list[Math.floor(next() * list.length)] as T;
  const flags = [
    "person_asked",
    "topic_blocked",
    "model_unusable",
    "gave_up",
    "state_calls",
    "turns_spent",
    "model_calls",
    "progress",
    "nothing_found",
    "patience_spent",
    "agents_away",
    "opted_out",
    "initiative",
  ];
  const seeded = Array.from({ length: 600 }, (_, index): Omit<Seeded, "decision"> => {
    const scores: Record<string, number> = { unknown_signal: 1 };
    for (const flag of flags) if (next() < 0.08) scores[flag] = 1;
    if (next() < 0.85) scores["model_asked"] = 1;
    scores["confidence"] = pick([0, 0.1, 0.44, 0.45, 0.6, 0.74, 0.75, 0.8, 0.9, 1, next()]);
    if (next() < 0.3) scores["canonical"] = pick([0.5, 0.89, 0.9, 0.96, 0.97, 1]);
    scores["bot_turns"] = pick([0, 0, 0, 1, 2, 5]);
    scores["clarifications"] = pick([0, 0, 1, 2]);
    scores["escalations_today"] = pick([0, 0, 1, 3]);
    scores["budget"] = pick([0, 0, 0, 0, 1, 2]);
    const at = new Date(Date.parse(from) + index * 18 * 60_000).toISOString();
    return { id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, at, scores };
  });
  const decided = seeded.flatMap((turn) => {
    const { decision } = recomputeDecision({ ...turn, timeZone: "UTC" }, defaultSettings);
    return decision === null ? [] : [{ ...turn, decision }];
  });
  await sql`
    insert into turns (id, session_id, fence, status, decision, scores, created_at, finished_at)
    select t.id, ${stage.a.sessionId}, 0, 'committed', t.decision, t.scores, t.at, t.at
    from jsonb_to_recordset(${
    sql.json(decided as never)
  }) as t (id uuid, decision text, scores jsonb, at timestamptz)`;
  return decided;
}

/** The same as the database's answer, by the engine's own function. */
function recompute(turns: Seeded[], settings: EngineSettings) {
  const then = turns.map((turn) => {
    const { decision, rule } = recomputeDecision({ ...turn, timeZone: "UTC" }, settings);
    return { id: turn.id, from: turn.decision, to: decision ?? "needs_model", rule };
  });
  const count = (names: string[]) =>
    Object.fromEntries(
      [...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]),
    );
  return {
    turns: turns.length,
    now: count(then.map(({ from }) => from)),
    then: count(then.map(({ to }) => to)),
    changes: then.filter(({ from, to }) => from !== to),
  };
}

Deno.test("api.preview_settings() comes to what the engine computes from the same turns", async () => {
  await stage.as("postgres", async (sql) => {
    const turns = await seedTurns(sql);
    assert.ok(turns.length > 400);
    await sql`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${
      JSON.stringify({ sub: stage.a.people.admin, role: "authenticated" })
    }, true)`;
    const changed: Record<string, number> = {};
    for (const [name, settings] of Object.entries(others)) {
      const byEngine = recompute(turns, parseSettings(settings));
      const bySql = await preview(sql, settings);
      assert.deepEqual(
        { turns: bySql.turns, now: bySql.decisions_now, then: bySql.decisions_then, changed: bySql.changed },
        { turns: byEngine.turns, now: byEngine.now, then: byEngine.then, changed: byEngine.changes.length },
        name,
      );
      const listed = new Map(byEngine.changes.map((change) => [change.id, change]));
      assert.equal(bySql.changes.length, Math.min(500, byEngine.changes.length));
      for (const { turn_id, from, to, rule, session_id } of bySql.changes) {
        assert.deepEqual({ id: turn_id, from, to, rule }, listed.get(turn_id), name);
        assert.equal(session_id, stage.a.sessionId);
      }
      changed[name] = bySql.changed;
    }
    assert.equal(changed["the defaults"], 0);
    for (const name of Object.keys(others).slice(1)) assert.ok((changed[name] ?? 0) > 5, name);
  });
});

Deno.test("api.preview_settings() comes to what a hand computes", async () => {
  await stage.as("postgres", async (sql) => {
    const turns = [
      ["auto_answer", { model_asked: 1, confidence: 0.8 }],
      ["auto_answer", { model_asked: 1, confidence: 0.95 }],
      ["clarify", { model_asked: 1, confidence: 0.6 }],
      ["canonical", { canonical: 0.92 }],
      ["escalate", { person_asked: 1 }],
    ] as const;
    for (const [decision, scores] of turns) {
      await sql`insert into turns (session_id, fence, status, decision, scores, created_at)
        values (${stage.a.sessionId}, 0, 'committed', ${decision}, ${
        sql.json(scores)
      }, '2026-11-22T12:00:00Z')`;
    }
    await sql`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${
      JSON.stringify({ sub: stage.a.people.owner, role: "authenticated" })
    }, true)`;
    // 0.8 is too unsure, 0.6 is not understood but still asks back, 0.92 is too far, and Sunday is closed.
    const strict = {
      thresholds: { auto_answer: 0.9, clarify: 0.7, canonical: 0.95 },
      office_hours: { weekly: { monday: open } },
    };
    const answer = await preview(sql, strict);
    assert.deepEqual(answer.decisions_now, { auto_answer: 2, clarify: 1, canonical: 1, escalate: 1 });
    assert.deepEqual(answer.decisions_then, { auto_answer: 1, clarify: 2, needs_model: 1, queue: 1 });
    assert.deepEqual(
      answer.changes.map(({ from, to, rule }) => [from, to, rule].join(" ")).sort(),
      ["auto_answer clarify unsure", "canonical needs_model needs_model", "escalate queue person_asked"],
    );
  });
});

Deno.test("api.preview_settings() refuses agents, and settings that are out of range or contradict themselves", async () => {
  await assert.rejects(stage.as("agent of a", (sql) => preview(sql, {})), { code: "42501" });
  for (
    const [settings, why] of [
      [[], /objects/],
      [{ thresholds: 1 }, /objects/],
      [{ thresholds: { auto_answer: 1.1 } }, /thresholds.auto_answer .* from 0 to 1/],
      [{ thresholds: { canonical: "0.9" } }, /thresholds.canonical/],
      [{ thresholds: { surplus: 0.5 } }, /thresholds.surplus is no setting/],
      [{ thresholds: { clarify: 0.8 } }, /clarify is at most/],
      [{ limits: { clarifications_in_a_row: 0 } }, /from 1 to 10/],
      [{ limits: { turns_against_bots: 2.5 } }, /turns_against_bots/],
      [{ office_hours: { weekly: { monday: [{ from: "18:00", to: "09:00" }] } } }, /ranges/],
      [{ office_hours: { weekly: { someday: [] } } }, /ranges/],
      [{ office_hours: { weekly: {}, time_zone: "Mars/Base" } }, /time zone/],
    ] as const
  ) {
    await assert.rejects(
      stage.as("owner of a", (sql) => preview(sql, settings)),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, "PT400");
        assert.match(error.message, why);
        return true;
      },
    );
  }
});

Deno.test("what SQL knows of the engine's table, defaults and clock is what the engine knows", async () => {
  await stage.as("postgres", async (sql) => {
    const [row] = await sql`select private.decision_table() as table, private.engine_defaults() as defaults`;
    assert.deepEqual(row?.table, decisionTable);
    const { thresholds, limits, office_hours } = defaultSettings;
    assert.deepEqual(row?.defaults, { thresholds, limits, office_hours });
    const hours = parseSettings({ office_hours: office }).office_hours;
    for (let hour = 0; hour < 24 * 8; hour++) {
      const at = new Date(Date.parse(from) + hour * 3_600_000 - 60_000 * (hour % 3)).toISOString();
      const [answer] = await sql`select private.is_open_at(${sql.json(office)}, ${at}, 'UTC') as is_open`;
      assert.equal(answer?.is_open, isOpenAt(hours, at, "UTC"), at);
    }
  });
});
