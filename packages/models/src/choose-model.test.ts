import assert from "node:assert/strict";
import { chooseModel, ModelNotAvailable, offlineModel } from "../mod.ts";

Deno.test("chooseModel() gives the offline model to tenants who chose it", () => {
  const model = chooseModel({ model: { provider: "offline" }, debounce_ms: 4000 });

  assert.equal(model.name, "offline");
});

Deno.test("chooseModel() gives a provider that the caller holds a key for", () => {
  const model = chooseModel({ model: { provider: "acme" } }, {
    acme: () => ({ ...offlineModel(), name: "acme" }),
  });

  assert.equal(model.name, "acme");
});

for (
  const settings of [{}, { model: null }, { model: {} }, { model: { provider: "" } }, {
    model: { provider: "openai" },
  }, {
    model: { provider: "toString" },
  }]
) {
  Deno.test(`chooseModel() never falls back to the offline model: ${JSON.stringify(settings)}`, () => {
    assert.throws(() => chooseModel(settings), (error) => {
      assert.ok(error instanceof ModelNotAvailable);
      assert.equal(error.code, "model_not_available");
      assert.equal(error.retryable, false);
      return true;
    });
  });
}
