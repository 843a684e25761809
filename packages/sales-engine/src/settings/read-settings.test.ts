import assert from "node:assert/strict";
import { defaultSettings, InvalidSettings, parseSettings, settingsJsonSchema } from "../../mod.ts";
import { settingsOf } from "./read-settings.ts";

function problemsOf(value: unknown): string[] {
  try {
    parseSettings(value);
  } catch (error) {
    if (error instanceof InvalidSettings) {
      return error.problems.map(({ path, allowed }) => `${path}: ${allowed}`);
    }
    throw error;
  }
  return [];
}

Deno.test("parseSettings() fills in every default", () => {
  assert.deepEqual(parseSettings({}), defaultSettings);
  assert.deepEqual(defaultSettings.thresholds, { auto_answer: 0.75, clarify: 0.45, canonical: 0.9 });
  assert.deepEqual(defaultSettings.limits, {
    escalations_per_contact_per_day: 3,
    clarifications_in_a_row: 2,
    turns_against_bots: 5,
  });
  assert.equal(parseSettings({ thresholds: { auto_answer: 0.8 } }).thresholds.clarify, 0.45);
});

const refused: [unknown, RegExp][] = [
  [{ thresholds: { auto_answer: 1.2 } }, /^thresholds\.auto_answer: at most 1$/],
  [{ thresholds: { auto_answer: 0.4, clarify: 0.6 } }, /^thresholds\.clarify: at most auto_answer/],
  [{ threshold: {} }, /^threshold: no such key$/],
  [{ limits: { clarifications_in_a_row: 0 } }, /^limits\.clarifications_in_a_row: at least 1/],
  [
    { budgets: { tenant_usd_per_day: 5, contact_usd_per_day: 6 } },
    /^budgets\.contact_usd_per_day: at most tenant/,
  ],
  [
    { hand_off_words: ["Baja"], opt_out_words: ["stop", "baja "] },
    /^opt_out_words\[1\]: a word that is not among/,
  ],
  [
    { blocked_topics: [{ topic: "Politics" }, { topic: "politics" }] },
    /^blocked_topics\[1\]\.topic: each topic once/,
  ],
  [{ office_hours: {} }, /^office_hours\.weekly: at least one open range/],
  [
    { office_hours: { weekly: { monday: [{ from: "18:00", to: "09:00" }] } } },
    /monday\[0\]: a range that ends after/,
  ],
  [
    { office_hours: { weekly: { monday: [{ from: "08:00", to: "9" }] } } },
    /monday\[0\]\.to: a time from 00:00/,
  ],
  [
    {
      office_hours: { weekly: { friday: [{ from: "09:00", to: "13:00" }, { from: "12:00", to: "18:00" }] } },
    },
    /friday: ranges that do not overlap/,
  ],
  [
    { office_hours: { time_zone: "Mars/Base", weekly: { monday: [{ from: "09:00", to: "10:00" }] } } },
    /time_zone: an IANA time zone/,
  ],
  [
    { office_hours: { weekly: { monday: [{ from: "09:00", to: "10:00" }] }, holidays: ["2026-02-30"] } },
    /holidays\[0\]: a day of the calendar/,
  ],
];

for (const [value, problem] of refused) {
  Deno.test(`parseSettings() refuses ${JSON.stringify(value)} and says what is allowed`, () => {
    const problems = problemsOf(value);
    assert.equal(problems.length, 1, problems.join("; "));
    assert.match(problems[0] ?? "", problem);
  });
}

Deno.test("settingsOf() keeps a tenant with unsound settings speaking, on record", () => {
  const stored = { engine: { thresholds: { clarify: 2 } } };
  const used = settingsOf(stored);
  assert.deepEqual(used.settings, defaultSettings);
  assert.match(used.problem ?? "", /thresholds\.clarify is 2, allowed is at most 1/);
  assert.equal(settingsOf(stored), used);
});

Deno.test("settingsJsonSchema() describes what people write", () => {
  assert.equal(JSON.stringify(settingsJsonSchema()).includes("blocked_topics"), true);
});
