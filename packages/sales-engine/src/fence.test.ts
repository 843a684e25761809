import assert from "node:assert/strict";
import fc from "fast-check";
import { fence } from "./fence.ts";

Deno.test("fence() can't be left from inside", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom("⟦", "⟧", "〚", "〛", "⦗", "⦘", "〖", "〗", "\u202e", "\n"),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  });
  fc.assert(
    fc.property(text, (hostile) => {
      const fenced = fence("customer", hostile, 50);
      assert.match(fenced, /^⟦customer: [^⟦⟧〚〛⦗⦘〖〗\u202e]*⟧$/u);
      assert.ok(fenced.isWellFormed() && fenced.length <= 63);
    }),
    { numRuns: 1000, seed: 20261121 },
  );
});

Deno.test("fence() keeps emoji, accents and lines, and cuts what is too long", () => {
  assert.equal(fence("customer", '¡Hola!\n👩‍🍳 10"', 50), '⟦customer: ¡Hola!\n👩‍🍳 10"⟧');
  assert.equal(fence("customer", "aaaa", 3), "⟦customer: aaa…⟧");
});
