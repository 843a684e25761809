import assert from "node:assert/strict";
import { Unavailable } from "@app/contracts/mod.ts";
import { leaveAccount } from "./leave-account.ts";

const token = "EAAG-a-secret-token";

/** Leaves account 300 at a Graph that answers so. */
function leave(status: number, body: unknown) {
  const asked: string[] = [];
  const connection = {
    ...{ baseUrl: "https://graph.test", version: "v26.0", phoneNumberId: "777", accessToken: token },
    fetch: ((input: string, init?: RequestInit) => {
      asked.push(`${init?.method} ${new URL(input).pathname}`);
      return Promise.resolve(Response.json(body, { status }));
    }) as typeof fetch,
  };
  return { asked, left: leaveAccount(connection, "300", AbortSignal.timeout(5_000)) };
}

const error = (code: number) => ({ error: { code, message: `quotes ${token}`, type: "OAuthException" } });

Deno.test("leaveAccount() ends the subscription of the token's app", async () => {
  const { asked, left } = leave(200, { success: true });
  assert.equal(await left, true);
  assert.deepEqual(asked, ["DELETE /v26.0/300/subscribed_apps"]);
});

Deno.test("leaveAccount() is done with a token that may not, and not with a Graph that is down", async () => {
  for (const code of [190, 100, 10, 200]) assert.equal(await leave(400, error(code)).left, false);
  for (const [status, body] of [[500, error(2)], [502, "<html>"]] as const) {
    await assert.rejects(leave(status, body).left, (thrown: Error) => {
      assert.ok(thrown instanceof Unavailable && !thrown.message.includes(token));
      return true;
    });
  }
});
