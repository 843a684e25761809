import assert from "node:assert/strict";
import { ModelNotAvailable } from "../model-not-available.ts";
import { startProviderDouble } from "../doubles/start-provider-double.ts";
import { modelFromSettings } from "./model-from-settings.ts";
import { buildRequest } from "./policies/testing/request.ts";
import { engineRequest } from "./testing/engine-request.ts";

const never = new AbortController().signal;
const apiKey = "sk-test";

Deno.test("modelFromSettings() gives the model that the settings name, with the deployment's key", async () => {
  const double = startProviderDouble("openai");
  try {
    const keys = { openai: { apiKey: double.apiKey, baseUrl: double.url } };
    const settings = {
      debounce_ms: 4_000,
      model: { provider: "openai", name: "gpt-6-luna", effort: "low", maxOutputTokens: 2_000 },
    };
    const reply = await modelFromSettings(settings, keys).complete(await engineRequest(), never);

    assert.equal(reply.model, "openai/gpt-6-luna");
    assert.match(
      JSON.stringify(double.calls[0]?.body),
      /"max_completion_tokens":2000.*"reasoning_effort":"low"/,
    );
  } finally {
    await double.stop();
  }
});

Deno.test("modelFromSettings() goes on to the fallback, and stops asking who keeps failing", async () => {
  const [first, second] = [
    startProviderDouble("openai", { fault: () => ({ status: 429, retryAfter: "30" }) }),
    startProviderDouble("anthropic"),
  ];
  try {
    const keys = {
      openai: { apiKey: first.apiKey, baseUrl: first.url },
      anthropic: { apiKey: second.apiKey, baseUrl: second.url },
    };
    const settings = {
      model: {
        provider: "openai",
        name: "gpt-6-luna",
        fallback: [{ provider: "anthropic", name: "claude-haiku-5-5" }],
      },
    };
    for (let turn = 0; turn < 8; turn++) {
      // Each turn reads the settings anew, as the functions do.
      const reply = await modelFromSettings(settings, keys).complete(await engineRequest(), never);
      assert.equal(reply.model, "anthropic/claude-haiku-5-5");
    }
    assert.equal(first.calls.length, 5, "after five failures the circuit is open");
    assert.equal(second.calls.length, 8);
  } finally {
    await first.stop();
    await second.stop();
  }
});

Deno.test("modelFromSettings() passes over choices that have no key here", () => {
  const model = {
    provider: "anthropic",
    name: "claude-haiku-5-5",
    fallback: [{ provider: "openai", name: "gpt-6-luna" }],
  };

  assert.equal(modelFromSettings({ model }, { openai: { apiKey } }).name, "openai/gpt-6-luna");
});

Deno.test("modelFromSettings() gives the offline model to tenants who chose it", async () => {
  const model = modelFromSettings({ model: { provider: "offline" } }, {});

  assert.equal((await model.complete(buildRequest(), never)).model, "offline");
});

Deno.test("modelFromSettings() reaches only servers that the deployment knows", async () => {
  const double = startProviderDouble("compatible");
  try {
    const keys = { compatible: [{ apiKey: double.apiKey, baseUrl: double.url }] };
    const choice = { provider: "compatible", name: "llama-4-8b", answerFormat: "json_object" };
    const known = { model: { ...choice, baseUrl: `${double.url}/` } };
    const reply = await modelFromSettings(known, keys).complete(await engineRequest(), never);
    assert.equal(reply.model, "compatible/llama-4-8b");

    const foreign = { model: { ...choice, baseUrl: "http://169.254.169.254/v1" } };
    assert.throws(() => modelFromSettings(foreign, keys), ModelNotAvailable);
    assert.throws(() => modelFromSettings({ model: choice }, keys), ModelNotAvailable);
  } finally {
    await double.stop();
  }
});

for (
  const [why, model] of [
    ["there is no key", { provider: "anthropic", name: "claude-haiku-5-5" }],
    ["no model of the chain has a key", {
      provider: "anthropic",
      name: "claude-haiku-5-5",
      fallback: [{ provider: "gemini", name: "gemini-3.8-flash" }],
    }],
    ["the provider is unknown", { provider: "acme", name: "one" }],
    ["the name of the model is missing", { provider: "openai" }],
    ["the offline model would be a fallback", {
      provider: "openai",
      name: "gpt-6-luna",
      fallback: [{ provider: "offline" }],
    }],
    ["a setting is out of bounds", { provider: "openai", name: "gpt-6-luna", timeoutMs: 5 }],
    ["nothing is chosen", undefined],
    ["the choice is nonsense", "openai"],
  ] as const
) {
  Deno.test(`modelFromSettings() gives no model when ${why}`, () => {
    assert.throws(() => modelFromSettings({ model }, { openai: { apiKey } }), (error) => {
      assert.ok(error instanceof ModelNotAvailable);
      assert.doesNotMatch(error.message, /sk-test/);
      return true;
    });
  });
}
