import assert from "node:assert/strict";
import { runTurn } from "@app/sales-engine/mod.ts";
import { buildProposal, buildSnapshot, demoMachines } from "@app/sales-engine/testing.ts";
import { type Fault, namedFaults } from "../doubles/fault.ts";
import { startProviderDouble } from "../doubles/start-provider-double.ts";
import { anthropicModel } from "./anthropic/anthropic-model.ts";
import { openaiModel } from "./chat-completions/openai-model.ts";
import { ModelFailure } from "./model-failure.ts";
import { withFallback } from "./policies/with-fallback.ts";
import { withRetry } from "./policies/with-retry.ts";

const turns = 40;
const faults: Fault[] = [
  { status: 429, retryAfter: "0.05" },
  { status: 429, retryAfter: "3600" },
  { status: 500 },
  { status: 529 },
  ...namedFaults,
];

/** Two requests of three go wrong, each time in another way. */
function faultOf(): () => Fault | null {
  let requests = 0;
  return () => {
    const request = requests++;
    return request % 3 === 0 ? null : faults[request % faults.length] ?? null;
  };
}

Deno.test("a chain of providers that mostly fail gives an answer or a failure that may pass, never anything else", async () => {
  const text = JSON.stringify(buildProposal());
  const answer = () => ({ text });
  const doubles = [
    startProviderDouble("openai", { fault: faultOf(), answer }),
    startProviderDouble("anthropic", { fault: faultOf(), answer }),
  ] as const;
  const [openai, anthropic] = doubles;
  const more = { timeoutMs: 1_500 };
  const model = withFallback([
    withRetry(
      openaiModel({ apiKey: openai.apiKey, baseUrl: openai.url, model: "gpt-6-luna", ...more }),
      { longestWaitMs: 500 },
    ),
    withRetry(
      anthropicModel({
        apiKey: anthropic.apiKey,
        baseUrl: anthropic.url,
        model: "claude-haiku-5-5",
        ...more,
      }),
    ),
  ]);
  try {
    const ends = await Promise.all(Array.from({ length: turns }, async () => {
      try {
        const turn = { model, clock: { nowMs: () => performance.now() }, deadlineMs: 30_000 };
        const result = await runTurn(buildSnapshot(demoMachines.gym), turn);
        assert.ok(result.replies.length > 0);
        return "reply";
      } catch (error) {
        assert.ok(error instanceof ModelFailure, `${error}`);
        assert.equal(error.retryable, true);
        return "failure";
      }
    }));
    assert.ok(ends.filter((end) => end === "reply").length > turns / 2);
  } finally {
    await Promise.all(doubles.map((double) => double.stop()));
  }
});
