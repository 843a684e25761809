import assert from "node:assert/strict";
import { graphErrors } from "../../../../../packages/channels/src/whatsapp/graph-error-table.ts";
import { buildMessage } from "../../lib/testing.ts";
import { en as firstEn } from "../../words/en.ts";
import { es as firstEs } from "../../words/es.ts";
import { en as laterEn } from "../../words/later/en.ts";
import { es as laterEs } from "../../words/later/es.ts";
import { pt as laterPt } from "../../words/later/pt.ts";
import { pt as firstPt } from "../../words/pt.ts";
import { failureOf } from "./failure-of.ts";
import { problemOf } from "./problem-of.ts";

const es = { ...firstEs, ...laterEs };
const en = { ...firstEn, ...laterEn };
const pt = { ...firstPt, ...laterPt };

const failed = (error: Record<string, unknown>) =>
  buildMessage({ direction: "outbound", sender_type: "agent", status: "failed", error });

Deno.test("problemOf() tells a Spanish or Portuguese agent in their language, and keeps the original for the details", () => {
  const error = { code: 131026, title: "Message undeliverable", details: "Recipient is not on WhatsApp" };
  for (const words of [es, pt]) {
    const problem = problemOf(failed(error), words);
    assert.ok(problem?.text.includes(words.failures.unreachable));
    assert.doesNotMatch(problem?.text ?? "", /undeliverable|Recipient/);
    assert.equal(problem?.details, "131026 · Message undeliverable · Recipient is not on WhatsApp");
  }
});

Deno.test("problemOf() shows no English title of a code that nobody knows", () => {
  const problem = problemOf(failed({ code: 999999, title: "Something new" }), es);
  assert.equal(problem?.text, es.problems.failed);
  assert.equal(problem?.details, "999999 · Something new");
});

Deno.test("problemOf() says less until all words are there", () => {
  assert.equal(problemOf(failed({ code: 131026 }), firstEs)?.text, es.problems.failed);
});

Deno.test("failureOf() has words for every code that the channel knows", () => {
  for (const code of graphErrors.keys()) {
    const kind = failureOf(code);
    assert.ok(kind, `code ${code}`);
    for (const words of [es, en, pt]) assert.ok(words.failures[kind], `${kind} in every language`);
  }
});
