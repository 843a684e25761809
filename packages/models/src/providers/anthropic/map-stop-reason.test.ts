import assert from "node:assert/strict";
import { mapEffort } from "./map-effort.ts";
import { mapStopReason } from "./map-stop-reason.ts";

for (
  const [reason, ending] of [
    ["end_turn", "complete"],
    ["stop_sequence", "complete"],
    ["max_tokens", "cut"],
    ["model_context_window_exceeded", "cut"],
    ["pause_turn", "cut"],
    ["refusal", "declined"],
    ["tool_use", "tools"],
    ["something_new", "complete"],
  ] as const
) {
  Deno.test(`mapStopReason() takes ${reason} for ${ending}`, () => {
    assert.equal(mapStopReason(reason), ending);
  });
}

Deno.test("mapEffort() knows nothing below low", () => {
  assert.deepEqual(["none", "minimal", "low", "max"].map((effort) => mapEffort(effort as "none")), [
    "low",
    "low",
    "low",
    "max",
  ]);
  assert.equal(mapEffort(undefined), undefined);
});
