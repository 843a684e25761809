import { equal } from "node:assert/strict";
import { isOnItsWay } from "./use-in-pieces.ts";

Deno.test("isOnItsWay() is over when there is something, and when the network is gone before there was", () => {
  equal(isOnItsWay({ isPending: true, fetchStatus: "fetching" }), true);
  // What is kept on the device is being read, and nothing was asked yet.
  equal(isOnItsWay({ isPending: true, fetchStatus: "idle" }), true);
  equal(isOnItsWay({ isPending: true, fetchStatus: "paused" }), false);
  equal(isOnItsWay({ isPending: false, fetchStatus: "paused" }), false);
});
