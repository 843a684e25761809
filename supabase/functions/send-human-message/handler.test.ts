import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { openDatabase } from "../_shared/database.ts";
import { serve } from "../_shared/serve.ts";
import { type Stage, startStage } from "../../tests/testing/stage.ts";
import { handle } from "./handler.ts";

const jwt = "a-secret-of-more-than-thirty-two-characters";
const secrets = { databaseUrl: "", sealing: "", models: { servers: [] }, jwt, secretKeys: {} };
const stage: Stage = await startStage();
const database = openDatabase({ url: stage.database.url, poolSize: 2, prepare: true });
let wakes = 0;
const { fetch } = serve(
  "send-human-message",
  (request, context) =>
    handle(request, context, { settings: { secrets, jwks: undefined }, database, wakeAt: () => wakes++ }),
  { cors: true },
);
Deno.test.beforeAll(async () => {
  await stage.sql.begin(async (sql) => {
    await sql`select set_config('search_path', ${stage.a.schemaName}, true)`;
    await sql`update sessions set holder = 'human', assigned_to = ${stage.a.people.agent},
      window_expires_at = now() + interval '1 hour'`;
  });
});
Deno.test.afterAll(async () => {
  await database.close();
  await stage.stop();
});

async function post(person: string | null, changes: Record<string, unknown> = {}, message = {}) {
  const token = person && await new SignJWT({ role: "authenticated", sub: person })
    .setProtectedHeader({ alg: "HS256" }).setAudience("authenticated").setExpirationTime("1h")
    .sign(new TextEncoder().encode(jwt));
  const response = await fetch(
    new Request("http://127.0.0.1/send-human-message", {
      method: "POST",
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: JSON.stringify({
        tenant_id: stage.a.id,
        session_id: stage.a.sessionId,
        message: { id: crypto.randomUUID(), type: "text", content: "Hola", ...message },
        ...changes,
      }),
    }),
  );
  return {
    status: response.status,
    cors: response.headers.get("access-control-allow-origin"),
    body: await response.json(),
  };
}

Deno.test("handle() stores what the holder says once, and wakes delivery once", async () => {
  wakes = 0;
  const message = { id: crypto.randomUUID() };
  const first = await post(stage.a.people.agent, {}, message);
  assert.equal(first.status, 200);
  assert.equal(first.cors, "*");
  assert.deepEqual([first.body.id, first.body.status, first.body.is_new], [message.id, "queued", true]);
  const again = await post(stage.a.people.agent, {}, message);
  assert.deepEqual([again.status, again.body.is_new, again.body.seq], [200, false, first.body.seq]);
  assert.equal(wakes, 1);
});

Deno.test("handle() refuses without a token, and tells a stranger of nothing", async () => {
  assert.equal((await post(null)).status, 401);
  assert.equal((await post(stage.b.people.owner)).status, 403);
  assert.equal((await post(stage.a.people.agent, { session_id: stage.b.sessionId })).status, 404);
});

Deno.test("handle() tells why a message may not leave", async () => {
  const colleague = await post(stage.a.people.admin);
  assert.deepEqual([colleague.status, colleague.body.error.reason], [409, "held_by_colleague"]);
  const stale = await post(stage.a.people.agent, { base_fence: 999 });
  assert.deepEqual([stale.status, stale.body.error.reason], [409, "conversation_moved_on"]);
});

Deno.test("handle() refuses what is no message, without showing its text", async () => {
  for (
    const message of [{ content: "  " }, { content: "x".repeat(4097) }, { type: "note" }, { id: "1" }, {
      type: "image",
    }]
  ) {
    const { status, body } = await post(stage.a.people.agent, {}, message);
    assert.equal(status, 400);
    assert.doesNotMatch(body.error.message, /xxx/);
  }
});
