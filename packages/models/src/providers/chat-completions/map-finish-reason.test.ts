import assert from "node:assert/strict";
import { mapFinishReason } from "./map-finish-reason.ts";

for (
  const [reason, ending] of [
    ["stop", "complete"],
    ["length", "cut"],
    ["content_filter", "declined"],
    ["tool_calls", "tools"],
    ["function_call", "tools"],
    ["something_new", "complete"],
  ] as const
) {
  Deno.test(`mapFinishReason() takes ${reason} for ${ending}`, () => {
    assert.equal(mapFinishReason(reason), ending);
  });
}
