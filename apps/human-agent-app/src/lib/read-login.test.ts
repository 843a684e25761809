import assert from "node:assert/strict";
import { readLogin } from "./read-login.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const session = (more: object = {}) =>
  JSON.stringify({
    access_token: "token",
    refresh_token: "other",
    expires_at: now / 1000 + 3600,
    user: { id: "ana", email: "ana@carton.demo" },
    ...more,
  });

Deno.test("readLogin() tells who is signed in, and whether their token still serves", () => {
  assert.deepEqual(readLogin(session(), now), { userId: "ana", accessToken: "token", isFresh: true });
  assert.equal(readLogin(session({ expires_at: now / 1000 + 91 }), now)?.isFresh, true);
  assert.equal(readLogin(session({ expires_at: now / 1000 + 90 }), now)?.isFresh, false);
  assert.equal(readLogin(session({ expires_at: 1 }), now)?.isFresh, false);
});

Deno.test("readLogin() sees nobody in what it does not understand", () => {
  const others = [null, "", "{", "null", "7", "[]", "{}"];
  for (
    const kept of [
      ...others,
      session({ user: null }),
      session({ access_token: 7 }),
      session({ expires_at: "1" }),
    ]
  ) {
    assert.equal(readLogin(kept, now), null, String(kept));
  }
});
