import assert from "node:assert/strict";
import type { ModelRequest } from "@app/sales-engine/mod.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { TurnMeter } from "./turn-meter.ts";

const { signal } = new AbortController();

Deno.test("TurnMeter counts calls that answered, calls that failed, and vectors", async () => {
  const meter = new TurnMeter();
  assert.deepEqual([meter.usage.name, meter.usage.calls, meter.usage.costUsd], ["none", 0, 0]);

  const spent = { inputTokens: 7, cachedTokens: 1, outputTokens: 2, costUsd: 0.5 };
  const failures = [Object.assign(new Error("cut"), { spent }), new Error("no connection")];
  const model = meter.model(scriptedModel([...failures, buildProposal()]));
  const request = {} as ModelRequest;
  await assert.rejects(() => model.complete(request, signal), failures[0]);
  await assert.rejects(() => model.complete(request, signal), failures[1]);
  await model.complete(request, signal);

  const told: number[] = [];
  const embedder = meter.embedder({
    name: "vectors",
    embed(texts, _signal, onCost) {
      onCost?.(0.25);
      return Promise.resolve(texts.map(() => [1]));
    },
  });
  assert.deepEqual(await embedder.embed(["a"], signal, (usd) => told.push(usd)), [[1]]);
  assert.deepEqual(told, [0.25]);
  assert.deepEqual(meter.usage, {
    name: "scripted",
    calls: 3,
    inputTokens: 107,
    cachedTokens: 81,
    outputTokens: 22,
    costUsd: 0.751,
  });
});
