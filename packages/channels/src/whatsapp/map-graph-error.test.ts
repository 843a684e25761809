import assert from "node:assert/strict";
import { type Refusal, refusal } from "@app/contracts/mod.ts";
import { graphErrors } from "./graph-error-table.ts";
import { mapGraphError, mapStatus } from "./map-graph-error.ts";

const hourMs = 3_600_000;

/** Meta's table, row by row: what is to be done, and what else follows. */
const rows: [codes: number[], meaning: Omit<Refusal, "title">][] = [
  [[0, 190], { action: "stop_channel", alert: "owner" }],
  [[3, 10, 200, 250, 299, 131005], { action: "stop_channel", alert: "owner" }],
  [[4, 80007], { action: "wait", retryAfterMs: 300_000 }],
  [[1, 2, 131000, 131016, 133004], { action: "retry" }],
  [[130429], { action: "wait", retryAfterMs: 2_000, effect: "slow_channel" }],
  [[131056], { action: "wait", retryAfterMs: 6_000, effect: "slow_recipient" }],
  [[131057], { action: "wait", retryAfterMs: 60_000 }],
  [[131048], { action: "stop_channel", alert: "owner" }],
  [[131049], { action: "give_up", effect: "pause_marketing", holdMs: 24 * hourMs }],
  [[131050], { action: "give_up", effect: "opt_out" }],
  [[130472], { action: "give_up" }],
  [[131047, 470], { action: "close_window" }],
  [[131026], { action: "give_up", effect: "flag_contact" }],
  [[131021, 131030, 131051, 131053], { action: "give_up", alert: "operator" }],
  [[131008, 131009, 100, 33], { action: "give_up", alert: "operator" }],
  [[131052, 131060], { action: "give_up" }],
  [[131062], { action: "give_up", effect: "use_phone" }],
  [[131031, 368], { action: "stop_channel", alert: "owner" }],
  [[130497], { action: "give_up", alert: "owner" }],
  [[131042, 131037, 131045, 133010], { action: "stop_channel", alert: "owner" }],
  [[132000, 132005, 132012, 132018], { action: "ask_template", alert: "operator" }],
  [[132001, 132007, 132015, 132016], { action: "ask_template", alert: "owner", effect: "disable_template" }],
  [[133016], { action: "stop_channel", alert: "owner", holdMs: 72 * hourMs }],
  [[137000], { action: "give_up", effect: "verify_identity" }],
];

for (const [codes, meaning] of rows) {
  Deno.test(`mapGraphError() answers ${meaning.action} to ${codes.join(", ")}, whatever the HTTP status`, () => {
    for (const code of codes) {
      for (const status of [200, 400, 403, 429, 500]) {
        const { kind: _kind, code: same, title, ...found } = mapGraphError({ code }, status);
        assert.deepEqual([same, found], [code, meaning]);
        assert.match(title, /^[A-Z].*[^.]$/);
      }
    }
  });
}

Deno.test("mapGraphError() has no row that this table lacks", () => {
  const listed = new Set(rows.flatMap(([codes]) => codes));
  assert.deepEqual([...graphErrors.keys()].filter((code) => !listed.has(code)), []);
});

Deno.test("mapGraphError() keeps to the contract", () => {
  for (const code of [...graphErrors.keys(), 250, 999_999]) {
    const { kind: _kind, code: _code, ...meaning } = mapGraphError({ code }, 400, 5_000);
    assert.deepEqual(refusal.parse(meaning), meaning);
  }
});

Deno.test("mapGraphError() obeys Retry-After, up to a day, where trying again makes sense", () => {
  assert.equal(mapGraphError({ code: 131056 }, 429, 17_000).retryAfterMs, 17_000);
  assert.equal(mapGraphError({ code: 131000 }, 500, 17_000).retryAfterMs, 17_000);
  assert.equal(mapGraphError({ code: 4 }, 429, 9e12).retryAfterMs, 86_400_000);
  assert.equal(mapGraphError({ code: 131026 }, 400, 5_000).retryAfterMs, undefined);
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
