import assert from "node:assert/strict";
import { watchUse } from "./watch-use.ts";

/** A page whose minutes pass by hand. */
function startPage(tell: () => Promise<unknown> = () => Promise.resolve()) {
  const target = new EventTarget();
  let ms = 0;
  let tick = () => {};
  let told = 0;
  const stop = watchUse(() => (told++, tell()), {
    target,
    now: () => ms,
    repeat: (work) => (tick = work, () => void (tick = () => {})),
  });
  return {
    stop,
    touch: () => target.dispatchEvent(new Event("keydown")),
    pass(minutes: number) {
      for (let each = 0; each < minutes; each++) {
        ms += 60_000;
        tick();
      }
    },
    told: () => told,
  };
}

Deno.test("watchUse() tells at once and every minute, until nobody has touched the app for ten", () => {
  const page = startPage();
  assert.equal(page.told(), 1);
  page.pass(5);
  assert.equal(page.told(), 6);
  page.touch();
  page.pass(30);
  assert.equal(page.told(), 6 + 9);
});

Deno.test("watchUse() tells as soon as somebody is back, and no more after that than each minute", () => {
  const page = startPage();
  page.pass(60);
  const before = page.told();
  page.touch();
  page.touch();
  assert.equal(page.told(), before + 1);
  page.pass(1);
  assert.equal(page.told(), before + 2);
});

Deno.test("watchUse() goes on after a failure, and stops when it is told to", () => {
  const page = startPage(() => Promise.reject(new Error("no network")));
  page.pass(2);
  assert.equal(page.told(), 3);
  page.stop();
  page.pass(2);
  page.touch();
  assert.equal(page.told(), 3);
});
