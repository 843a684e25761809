import assert from "node:assert/strict";
import { en } from "../words/en.ts";
import { es } from "../words/es.ts";
import { pt } from "../words/pt.ts";
import { explainEscalation } from "./explain-escalation.ts";

const explain = (escalation_reason: string | null, escalation_category: string | null = null) =>
  [es, en, pt].map((words) => explainEscalation({ escalation_reason, escalation_category }, words));

/** What the engine puts in: `call_people` in SQL, and turns that cannot be played. */
const codes = [
  "worker_lost",
  "delivery_refused",
  "delivery_failed",
  "delivery_unknown",
  "machine_missing",
  "tenant_suspended",
  "channel_disabled",
  "channel_stopped",
];
const categories = ["asked_for_person", "complaint", "out_of_scope", "failure", "rule", "other", "setup"];

Deno.test("explainEscalation() has words of its own for every code and category, in every language", () => {
  for (const words of [es, en, pt]) {
    for (const code of [...codes, ...categories]) assert.match(words.escalations[code] ?? "", /\S \S/, code);
  }
});

Deno.test("explainEscalation() never shows a bare code", () => {
  for (const text of [...explain("SnapshotInvalid", "unheard_of"), ...explain("some_code")]) {
    assert.match(text ?? "", /\S \S/);
    assert.doesNotMatch(text ?? "", /_|Snapshot/);
  }
});

Deno.test("explainEscalation() shows a sentence that nobody translated, and nothing for nothing", () => {
  assert.deepEqual(new Set(explain('The customer wrote "refund"')), new Set(['The customer wrote "refund"']));
  assert.deepEqual(explain(null), [null, null, null]);
});
