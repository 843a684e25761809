import assert from "node:assert/strict";
import {
  decide,
  decisionTable,
  defaultSettings,
  type Limit,
  recomputeDecision,
  type Signals,
  type Verdict,
} from "../../mod.ts";

/** The same decision told as a story, to check the table against. */
function expected(s: Required<Record<keyof Signals, number>>): Verdict {
  const isAway = s.closed >= 1 || s.agents_away >= 1 || s.escalations_today >= 3;
  const person = (rule: Verdict["rule"]): Verdict => ({ rule, decision: isAway ? "queue" : "escalate" });
  if (s.not_ours) return { rule: "not_ours", decision: "queue" };
  if (s.person_asked) return person("person_asked");
  if (s.opted_out) return { rule: "opted_out", decision: "auto_answer" };
  if (s.bot_turns >= 5) return { rule: "loop_guard", decision: "queue" };
  if (s.topic_blocked) return { rule: "topic_blocked", decision: "refuse" };
  if (s.canonical >= 0.9) return { rule: "approved_answer", decision: "canonical" };
  if (s.budget >= 2) return person("budget_spent");
  if (s.gave_up) return person("gave_up");
  if (!s.model_asked) return { rule: "needs_model", decision: null };
  if (s.state_calls) return person("state_calls");
  if (s.model_calls) return person("model_calls");
  if (s.initiative && !s.model_unusable) return { rule: "initiative", decision: "auto_answer" };
  const isLost = s.model_unusable > 0 || (s.confidence < 0.45 && !s.progress);
  if (isLost && s.patience_spent) return person("not_understood");
  if (s.turns_spent) return person("turns_spent");
  if (s.model_unusable || s.confidence < 0.45) return { rule: "not_understood", decision: "clarify" };
  const isEnough = s.clarifications >= 2 && !s.progress;
  if (s.confidence < 0.75) return isEnough ? person("unsure") : { rule: "unsure", decision: "clarify" };
  if (s.nothing_found && !s.progress) {
    return isEnough ? person("nothing_found") : { rule: "nothing_found", decision: "clarify" };
  }
  return { rule: "sure", decision: "auto_answer" };
}

const flags = [
  "not_ours",
  "person_asked",
  "opted_out",
  "topic_blocked",
  "model_asked",
  "model_unusable",
  "gave_up",
  "state_calls",
  "turns_spent",
  "model_calls",
  "initiative",
  "progress",
  "nothing_found",
  "patience_spent",
  "closed",
  "agents_away",
] as const;

/** The default settings, as the table names them. */
const limits: Record<Limit, number> = {
  "thresholds.auto_answer": 0.75,
  "thresholds.clarify": 0.45,
  "thresholds.canonical": 0.9,
  "limits.turns_against_bots": 5,
  "limits.clarifications_in_a_row": 2,
  "limits.escalations_per_contact_per_day": 3,
};

/** Every value of the others that stands on either side of a limit. */
const levels = {
  bot_turns: [0, 4, 5],
  canonical: [0, 0.89, 0.9, 1],
  budget: [0, 1, 2, 3],
  confidence: [0, 0.44, 0.45, 0.74, 0.75, 1],
  clarifications: [0, 1, 2],
  escalations_today: [0, 2, 3],
  retrieval: [0, 0.7],
} as const;

/** Signals that have to be silent for the later rows to be reached. */
const early = ["not_ours", "person_asked", "opted_out", "topic_blocked", "gave_up"] as const;

Deno.test("decide() agrees with the story for every combination of what a model's answer decides", () => {
  const late = flags.filter((flag) => !early.some((each) => each === flag) && flag !== "model_asked");
  let checked = 0;
  for (let bits = 0; bits < 2 ** late.length; bits++) {
    const on = late.filter((_, index) => bits & (1 << index));
    for (const confidence of levels.confidence) {
      for (const clarifications of levels.clarifications) {
        for (const escalations_today of levels.escalations_today) {
          const signals = all({ model_asked: 1, confidence, clarifications, escalations_today }, on);
          assert.deepEqual(decide(signals, defaultSettings), expected(signals), JSON.stringify(signals));
          checked++;
        }
      }
    }
  }
  assert.equal(checked, 2 ** late.length * 6 * 3 * 3);
});

Deno.test("decide() agrees with the story for every combination of what rules decide", () => {
  for (let bits = 0; bits < 2 ** early.length; bits++) {
    const on = early.filter((_, index) => bits & (1 << index));
    for (const bot_turns of levels.bot_turns) {
      for (const canonical of levels.canonical) {
        for (const budget of levels.budget) {
          for (const model_asked of [0, 1]) {
            for (const away of [[], ["closed"], ["agents_away"]] as const) {
              const signals = all({ bot_turns, canonical, budget, model_asked, confidence: 0.9 }, [
                ...on,
                ...away,
              ]);
              assert.deepEqual(decide(signals, defaultSettings), expected(signals), JSON.stringify(signals));
            }
          }
        }
      }
    }
  }
});

Deno.test("decide() reaches every row of the table", () => {
  const firstAfterModel = decisionTable.findIndex(({ rule }) => rule === "needs_model") + 1;
  decisionTable.forEach((row, index) => {
    const signals: Signals = { confidence: 1, model_asked: index < firstAfterModel ? 0 : 1 };
    for (const { signal, is, than } of row.when) {
      const limit = typeof than === "number" ? than : limits[than];
      signals[signal] = Math.max(signals[signal] ?? 0, is === ">=" ? limit : 0);
      if (is === "<") signals[signal] = limit - 0.01;
    }
    assert.deepEqual(decide(signals, defaultSettings), { rule: row.rule, decision: row.decision }, row.rule);
    const earlier = decisionTable.slice(0, index).find(({ when }) =>
      when.every((each) => holds(each, signals))
    );
    assert.equal(earlier, undefined, `${row.rule}, row ${index}, is never reached`);
  });
});

Deno.test("decisionTable is plain JSON, so that SQL can read it", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(decisionTable)), decisionTable);
});

Deno.test("recomputeDecision() applies other thresholds, limits and hours to a stored turn", () => {
  const at = "2026-11-30T23:00:00.000Z";
  const again = (scores: Record<string, number>, settings = defaultSettings) =>
    recomputeDecision({ scores, at, timeZone: "UTC" }, settings).decision;
  const strict = { ...defaultSettings, thresholds: { auto_answer: 0.9, clarify: 0.6, canonical: 0.97 } };
  const answered = { model_asked: 1, confidence: 0.8 };
  assert.deepEqual([again(answered), again(answered, strict)], ["auto_answer", "clarify"]);
  assert.equal(again({ ...answered, clarifications: 2 }, strict), "escalate");
  assert.deepEqual([again({ canonical: 0.95 }), again({ canonical: 0.95 }, strict)], ["canonical", null]);
  const open = [{ from: "09:00", to: "18:00" }];
  const office = {
    ...defaultSettings,
    office_hours: {
      weekly: {
        monday: open,
        tuesday: open,
        wednesday: [],
        thursday: [],
        friday: [],
        saturday: [],
        sunday: [],
      },
      holidays: [],
    },
  };
  assert.deepEqual([again({ person_asked: 1 }), again({ person_asked: 1 }, office)], ["escalate", "queue"]);
  assert.equal(again({ person_asked: 1, closed: 1 }), "escalate");
});

function all(numbers: Signals, on: readonly (keyof Signals)[]): Required<Record<keyof Signals, number>> {
  const zeros = { ...zerosOf(flags), ...zerosOf(Object.keys(levels)) } as Record<keyof Signals, number>;
  for (const name of on) zeros[name] = 1;
  return { ...zeros, ...numbers };
}

function zerosOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function holds(
  { signal, is, than }: (typeof decisionTable)[number]["when"][number],
  signals: Signals,
): boolean {
  const limit = typeof than === "number" ? than : limits[than];
  const value = signals[signal] ?? 0;
  return is === ">=" ? value >= limit : value < limit;
}
