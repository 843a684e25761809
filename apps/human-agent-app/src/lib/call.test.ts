import assert from "node:assert/strict";
import * as z from "zod/mini";
import { AppError } from "./app-error.ts";
import type { Backend } from "./backend.ts";
import { call } from "./call.ts";
import { onMembershipDoubt } from "./membership.ts";

/** Has PostgREST answer each call alike. @returns What `call` came to, and what was asked. */
async function ask(answer: { status: number; body: string | object }) {
  const asked: { path: string; headers: Headers; body: unknown }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    asked.push({ path: new URL(request.url).pathname, headers: request.headers, body: await request.json() });
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    return new Response(answer.status === 204 ? null : text, { status: answer.status });
  });
  const backend: Backend = {
    config: { api_url: `http://127.0.0.1:${server.addr.port}`, publishable_key: "sb_publishable_x" },
    token: () => Promise.resolve("ana's"),
    supabase: () => Promise.reject(new Error("is not needed")),
  };
  try {
    const result = await call(backend, "take_over", { p_tenant_id: "t" }, z.nullable(z.number())).catch((
      error,
    ) => error);
    return { result, asked };
  } finally {
    await server.shutdown();
  }
}

Deno.test("call() asks a function of schema api as the person who is signed in", async () => {
  const { result, asked } = await ask({ status: 200, body: "7" });
  assert.equal(result, 7);
  const [{ path, headers, body } = assert.fail("nothing was asked")] = asked;
  assert.equal(path, "/rest/v1/rpc/take_over");
  assert.deepEqual(body, { p_tenant_id: "t" });
  assert.equal(headers.get("authorization"), "Bearer ana's");
  assert.equal(headers.get("apikey"), "sb_publishable_x");
  assert.equal(headers.get("content-profile"), "api");
  assert.equal((await ask({ status: 204, body: "" })).result, null);
});

Deno.test("call() says by kind and reason why it was refused", async () => {
  const refusals = [
    [
      { status: 409, body: { code: "PT409", message: "m", details: "held_by_colleague", hint: "ana" } },
      "conflict",
    ],
    [{ status: 400, body: { code: "PT404", message: "m", details: null, hint: null } }, "not_found"],
    [{ status: 401, body: { code: "PGRST303", message: "JWT expired" } }, "signed_out"],
    [{ status: 429, body: { code: "PT429", message: "m" } }, "limited"],
    [{ status: 502, body: "<h1>Bad gateway</h1>" }, "offline"],
    [{ status: 500, body: "null" }, "failed"],
  ] as const;
  for (const [answer, kind] of refusals) {
    const { result } = await ask(answer);
    assert.ok(result instanceof AppError);
    assert.equal(result.kind, kind);
  }
  const { result } = await ask(refusals[0][0]);
  assert.equal(result.reason, "held_by_colleague");
  assert.equal(result.hint, "ana");
});

Deno.test("call() doubts the membership of who may not act any more, and trusts no answer of another form", async () => {
  let doubts = 0;
  const stop = onMembershipDoubt(() => doubts++);
  const { result } = await ask({ status: 403, body: { code: "42501", message: "no" } });
  assert.equal(result.kind, "not_found");
  assert.equal(doubts, 1);
  stop();
  assert.ok((await ask({ status: 200, body: '"seven"' })).result instanceof z.core.$ZodError);
});
