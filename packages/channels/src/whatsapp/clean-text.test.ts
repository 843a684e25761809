import assert from "node:assert/strict";
import { cleanName, truncate, truncateContent } from "./clean-text.ts";

Deno.test("truncate() cuts between characters, never inside one", () => {
  assert.equal(truncate("ab🍕", 4), "ab🍕");
  assert.equal(truncate("ab🍕", 3), "ab");
  assert.equal(truncate("abc", 2), "ab");
});

Deno.test("truncateContent() keeps what a person can send, and no megabytes", () => {
  assert.equal(truncateContent("a".repeat(4096)).length, 4096);
  assert.equal(truncateContent("a".repeat(3_000_000)).length, 65_536);
});

Deno.test("cleanName() makes one line that reads in one direction", () => {
  assert.equal(cleanName("  Ana\n\tGarcía  "), "Ana García");
  assert.equal(cleanName("\u202Egnp.exe\u202C"), "gnp.exe");
  assert.equal(cleanName("محمد 🌸"), "محمد 🌸");
  assert.equal(cleanName("👩‍👧"), "👩‍👧");
});

Deno.test("cleanName() gives nothing for a name of nothing", () => {
  for (const name of [undefined, "", " \u200E\n", "\u0007", "\u200B\u200D"]) {
    assert.equal(cleanName(name), undefined);
  }
});

Deno.test("cleanName() keeps at most 200 characters", () => {
  assert.equal(cleanName("x".repeat(5000))?.length, 200);
});
