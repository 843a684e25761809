import assert from "node:assert/strict";
import { type BrowserTraits, pushSupport } from "./push-support.ts";

const chrome: BrowserTraits = {
  hasKey: true,
  hasPush: true,
  isApple: false,
  isInstalled: false,
  permission: "default",
};

Deno.test("pushSupport() tells what stands in the way", () => {
  assert.equal(pushSupport(chrome), "possible");
  assert.equal(pushSupport({ ...chrome, permission: "granted" }), "possible");
  assert.equal(pushSupport({ ...chrome, permission: "denied" }), "denied");
  assert.equal(pushSupport({ ...chrome, hasKey: false }), "not_set_up");
  assert.equal(pushSupport({ ...chrome, hasPush: false }), "unsupported");
  const iphone = { ...chrome, isApple: true, hasPush: false };
  assert.equal(pushSupport(iphone), "install_first");
  assert.equal(pushSupport({ ...iphone, isInstalled: true }), "unsupported");
  assert.equal(pushSupport({ ...iphone, isInstalled: true, hasPush: true }), "possible");
});
