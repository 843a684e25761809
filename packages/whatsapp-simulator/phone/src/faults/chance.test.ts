import assert from "node:assert/strict";
import { Faults } from "../../../src/faults.ts";
import { activeIn, type Chance, chanceOf, settingOf } from "./chance.ts";

Deno.test("chanceOf() reads what settingOf() writes", () => {
  for (const chance of ["never", "once", "thrice", "fifth", "always"] satisfies Chance[]) {
    assert.equal(chanceOf(settingOf(chance)), chance);
  }
});

Deno.test("activeIn() counts each fault once", () => {
  const faults = new Faults();
  assert.equal(activeIn(faults.settings), 0);
  faults.change({
    drop_statuses: ["sent", "read"],
    reset_after_accept: { rate: 0.2 },
    status_5xx: { next: 2 },
  });
  assert.equal(activeIn(faults.settings), 3);
});
