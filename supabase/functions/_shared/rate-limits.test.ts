import assert from "node:assert/strict";
import { Forbidden, TooManyRequests, Unauthorized, Unavailable } from "@app/contracts/mod.ts";
import type { Database, Sql } from "@app/conversations/mod.ts";
import { addressOf, openRateLimits, type RateLimits } from "./rate-limits.ts";
import { serve } from "./serve.ts";

/** A database whose buckets answer in turn. */
function buckets(waits: number[]) {
  const asked: unknown[] = [];
  const sql = ((_text: TemplateStringsArray, ...values: unknown[]) => {
    asked.push(values[0]);
    return Promise.resolve([{ wait: waits.shift() ?? 0 }]);
  }) as unknown as Sql;
  const database: Pick<Database, "withRouter"> = { withRouter: (work) => work(sql) };
  return { database, asked };
}

Deno.test("openRateLimits() asks the database again only when an empty bucket holds a token", async () => {
  let now = 0;
  const { database, asked } = buckets([0, 1.2, 0]);
  const limits = openRateLimits(database, () => now);
  await limits.take("proof", "ana");
  await assert.rejects(limits.take("proof", "ana"), (error) => {
    assert.ok(error instanceof TooManyRequests);
    return error.retryAfterSeconds === 2;
  });
  now = 1_000;
  await assert.rejects(limits.take("proof", "ana"), TooManyRequests);
  assert.equal(asked.length, 2);
  now = 1_300;
  await limits.take("proof", "ana");
  assert.deepEqual(asked, ["proof:ana", "proof:ana", "proof:ana"]);
});

Deno.test("addressOf() believes the edge, then the last proxy, and nobody for long", () => {
  const address = (headers: Record<string, string>) => addressOf(new Request("http://x", { headers }));
  assert.equal(address({ "cf-connecting-ip": "1.1.1.1", "x-forwarded-for": "2.2.2.2" }), "1.1.1.1");
  assert.equal(address({ "x-forwarded-for": "6.6.6.6, 2.2.2.2" }), "2.2.2.2");
  assert.equal(address({ "x-forwarded-for": "x".repeat(500) }).length, 64);
  assert.equal(address({}), "unknown");
});

const empty: RateLimits = {
  take: () => Promise.reject(new TooManyRequests("Cannot do this now: too many calls, try again in 7 s", 7)),
};

Deno.test("serve() limits what it refuses, and nothing else", async () => {
  const answer = async (outcome: () => Promise<Response>, limits: RateLimits = empty) => {
    const response = await serve("test", outcome, { limits }).fetch(new Request("http://x"));
    return [response.status, response.headers.get("retry-after")];
  };
  assert.deepEqual(await answer(() => Promise.resolve(new Response("ok"))), [200, null]);
  assert.deepEqual(await answer(() => Promise.reject(new Unauthorized("Cannot accept call"))), [429, "7"]);
  assert.deepEqual(await answer(() => Promise.reject(new Forbidden("Cannot do it"))), [429, "7"]);
  assert.deepEqual(await answer(() => Promise.resolve(new Response(null, { status: 403 }))), [429, "7"]);
  const broken: RateLimits = { take: () => Promise.reject(new Unavailable("Cannot use the database")) };
  assert.deepEqual(await answer(() => Promise.reject(new Unauthorized("Cannot accept call")), broken), [
    401,
    null,
  ]);
});
