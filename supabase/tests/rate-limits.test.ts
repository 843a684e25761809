import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const setRule = (sql: TransactionSql, kind: string, perSecond: number, burst: number) =>
  sql`update private.rate_rules set per_second = ${perSecond}, burst = ${burst} where kind = ${kind}`;

const change = (sql: TransactionSql) => sql`select api.update_my_profile(${stage.a.id}, 'Ana')`;

/** How PostgREST answers what was thrown: https://docs.postgrest.org/en/v14/references/errors.html */
const answerOf = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => assert.fail("was not refused"),
    (thrown: Record<string, string>) => thrown,
  );
  assert.equal(error.code, "PGRST");
  return { ...JSON.parse(error.message ?? ""), ...JSON.parse(error.detail ?? "") };
};

Deno.test("private.take_token() gives as many as the bucket holds, then says how long to wait, and refills by time", async () => {
  await stage.as("postgres", async (sql) => {
    await setRule(sql, "refusal", 0.5, 3);
    const take = async () =>
      Number((await sql`select private.take_token('bucket', 'refusal') as wait`)[0]?.wait);
    assert.deepEqual([await take(), await take(), await take()], [0, 0, 0]);
    const wait = await take();
    assert.ok(wait > 1.9 && wait <= 2, `waits ${wait} s`);
    await sql`update private.rate_limits set updated_at = updated_at - interval '3 seconds' where bucket = 'bucket'`;
    assert.equal(await take(), 0);
    assert.ok(await take() > 0);
    await sql`update private.rate_limits set updated_at = updated_at - interval '1 hour' where bucket = 'bucket'`;
    assert.deepEqual([await take(), await take(), await take()], [0, 0, 0], "never more than it holds");
    assert.ok(await take() > 0);
  });
});

Deno.test("private.take_token() gives nobody a token that another one took at the same time", async () => {
  await stage.sql`update private.rate_rules set per_second = 0.0001, burst = 5 where kind = 'proof'`;
  const waits = await Promise.all(
    Array.from({ length: 30 }, () => stage.sql`select private.take_token('crowd', 'proof') as wait`),
  );
  assert.equal(waits.filter(([row]) => row?.wait === 0).length, 5);
});

Deno.test("a person who changes too much at once is told 429 and when to try again, and may read on", async () => {
  await stage.as("postgres", async (sql) => {
    await setRule(sql, "caller", 0.1, 2);
    await become(sql, "agent of a", stage);
    await change(sql);
    await change(sql);
    const answer = await answerOf(sql.savepoint((inner) => change(inner)));
    assert.equal(answer.status, 429);
    assert.equal(answer.code, "rate_limited");
    assert.ok(Number(answer.headers["retry-after"]) >= 1 && Number(answer.headers["retry-after"]) <= 10);
    assert.equal((await sql`select from api.list_members(${stage.a.id})`).length, 3);
    await become(sql, "admin of a", stage);
    await change(sql);
  });
});

Deno.test("the people of a tenant share its bucket; another tenant has its own, and strangers cannot empty it", async () => {
  await stage.as("postgres", async (sql) => {
    await setRule(sql, "tenant", 0.1, 2);
    await become(sql, "owner of b", stage);
    for (let n = 0; n < 5; n++) {
      await assert.rejects(sql.savepoint((inner) => change(inner)), { code: "42501" });
    }
    await become(sql, "agent of a", stage);
    await change(sql);
    await become(sql, "admin of a", stage);
    await change(sql);
    assert.equal((await answerOf(sql.savepoint((inner) => change(inner)))).status, 429);
    await become(sql, "owner of b", stage);
    await sql`select api.update_my_profile(${stage.b.id}, 'Beto')`;
  });
});

Deno.test("invitations are limited by tenant, since each is a mail", async () => {
  await stage.as("postgres", async (sql) => {
    await setRule(sql, "mail", 0.01, 1);
    await become(sql, "owner of a", stage);
    const invite = (inner: TransactionSql, name: string) =>
      inner`select api.invite_member(${stage.a.id}, ${`${name}@x.test`}, 'agent', ${"a".repeat(63) + name})`;
    await invite(sql, "1");
    assert.equal((await answerOf(sql.savepoint((inner) => invite(inner, "2")))).status, 429);
  });
});

Deno.test("only the router takes tokens of any bucket, and nobody writes one", async () => {
  for (const actor of ["anon", "owner of a", "worker of a"] as const) {
    await assert.rejects(stage.as(actor, (sql) => sql`select private.take_token('x', 'open')`), {
      code: "42501",
    });
  }
  const [row] = await stage.as("router", (sql) => sql`select private.take_token('x', 'open') as wait`);
  assert.equal(row?.wait, 0);
});

/** What apps read. Everything else in `api` changes something, so it must be limited. */
const isRead = (name: string) => /^(list|get|search|count|read|preview|propose)_/.test(name);

Deno.test("every function of api that changes something is limited in rate", async () => {
  const functions = await stage.sql<{ name: string; source: string }[]>`
    select proname as name, prosrc as source from pg_proc where pronamespace = 'api'::regnamespace order by 1`;
  // The heads that verbs share enter the tenant for them.
  const heads = await stage.sql<{ source: string }[]>`
    select prosrc as source from pg_proc
    where pronamespace = 'private'::regnamespace and proname in ('begin_verb', 'begin_contact_verb', 'move_canonical_answer')`;
  assert.equal(heads.filter(({ source }) => /private\.enter_tenant_to_write\(/.test(source)).length, 3);
  const unlimited = functions.filter(({ name, source }) =>
    !isRead(name) &&
    !/private\.(enter_tenant_to_write|limit_writes|begin_verb|begin_contact_verb|move_canonical_answer)\(/
      .test(source)
  );
  assert.deepEqual(unlimited.map(({ name }) => name), []);
  const writing = functions.filter(({ name, source }) =>
    isRead(name) && /\b(insert into|update \w+ |delete from)\b/.test(source)
  );
  assert.deepEqual(writing.map(({ name }) => name), []);
});
