import assert from "node:assert/strict";
import { mapGraphError, mapStatus } from "./map-graph-error.ts";
import type { RefusalAction } from "./send-outcome.ts";

const codesByAction: Record<RefusalAction, number[]> = {
  stop_channel: [
    0,
    190,
    3,
    10,
    200,
    250,
    299,
    131005,
    131031,
    368,
    131042,
    131037,
    131045,
    133010,
    133016,
    131048,
  ],
  wait: [4, 80007, 130429, 131056, 131057],
  retry: [1, 2, 131000, 131016, 133004],
  close_window: [131047, 470],
  ask_template: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018],
  give_up: [
    131026,
    131049,
    131050,
    130472,
    130497,
    131062,
    131021,
    131030,
    131051,
    131053,
    131008,
    131009,
    100,
    33,
  ],
};

for (const [action, codes] of Object.entries(codesByAction)) {
  Deno.test(`mapGraphError() answers ${action} to its codes, whatever the HTTP status`, () => {
    for (const code of codes) {
      for (const status of [200, 400, 403, 429, 500]) {
        assert.equal(mapGraphError({ code }, status).action, action);
      }
    }
  });
}

Deno.test("mapGraphError() says how long to wait where a rule names a time", () => {
  const pauses = [4, 130429, 131056, 131057].map((code) => mapGraphError({ code }, 429).retryAfterMs);
  assert.deepEqual(pauses, [300_000, 2_000, 6_000, 60_000]);
  assert.equal(mapGraphError({ code: 131026 }, 400, 5_000).retryAfterMs, undefined);
});

Deno.test("mapGraphError() obeys Retry-After, up to a day", () => {
  assert.equal(mapGraphError({ code: 131056 }, 429, 17_000).retryAfterMs, 17_000);
  assert.equal(mapGraphError({ code: 131000 }, 500, 17_000).retryAfterMs, 17_000);
  assert.equal(mapGraphError({ code: 4 }, 429, 9e12).retryAfterMs, 86_400_000);
});

Deno.test("mapGraphError() decides unknown codes by what else Graph says", () => {
  const unknown = { code: 999_999 };
  assert.equal(mapGraphError(unknown, 400).action, "give_up");
  assert.equal(mapGraphError(unknown, 500).action, "retry");
  assert.equal(mapGraphError(unknown, 429).action, "wait");
  assert.equal(mapGraphError({ ...unknown, is_transient: true }, 400).action, "retry");
});

Deno.test("mapStatus() blames no message for a status of a proxy", () => {
  assert.deepEqual([404, 403, 302, 429].map((status) => mapStatus(status, undefined).action), [
    "retry",
    "retry",
    "retry",
    "wait",
  ]);
});
