import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => {
  stage = await startStage();
  for (const { slug } of [stage.a, stage.b]) {
    await stage.sql`insert into storage.buckets (id, name) values (${`client-${slug}`}, ${`client-${slug}`})`;
    await stage
      .sql`insert into storage.objects (bucket_id, name) values (${`client-${slug}`}, 'inbound/voice.ogg')`;
  }
});
Deno.test.afterAll(() => stage.stop());

const buckets = async (actor: Actor) => {
  const rows = await stage.as(
    actor,
    (sql) => sql<{ bucket_id: string }[]>`select bucket_id from storage.objects`,
  );
  return rows.map((row) => row.bucket_id);
};

const upload = (sql: TransactionSql, bucket: string, name: string) =>
  sql`insert into storage.objects (bucket_id, name) values (${bucket}, ${name})`;

Deno.test("members read the files of their own tenant, and nobody else does", async () => {
  for (const role of ["owner", "admin", "agent"] as const) {
    assert.deepEqual(await buckets(`${role} of a`), ["client-stage_a"]);
    assert.deepEqual(await buckets(`${role} of b`), ["client-stage_b"]);
  }
  for (const actor of ["anon", "stranger"] as const) assert.deepEqual(await buckets(actor), []);
  for (const actor of ["router", "worker of a"] as const) {
    await assert.rejects(buckets(actor), { code: "42501" });
  }
});

Deno.test("members upload below outbound/ of their own bucket, and nowhere else", async () => {
  await stage.as("agent of a", (sql) => upload(sql, "client-stage_a", "outbound/quote.pdf"));
  const refused: [Actor, string, string][] = [
    ["agent of a", "client-stage_a", "quote.pdf"],
    ["agent of a", "client-stage_a", "inbound/quote.pdf"],
    ["agent of a", "client-stage_a", "inbound/outbound/quote.pdf"],
    ["owner of a", "client-stage_b", "outbound/quote.pdf"],
    ["owner of b", "client-stage_a", "outbound/quote.pdf"],
    ["stranger", "client-stage_a", "outbound/quote.pdf"],
    ["anon", "client-stage_a", "outbound/quote.pdf"],
  ];
  for (const [actor, bucket, name] of refused) {
    await assert.rejects(
      stage.as(actor, (sql) => upload(sql, bucket, name)),
      { code: "42501" },
      `${actor} ${name}`,
    );
  }
});

Deno.test("members neither change nor delete files", async () => {
  await stage.as("owner of a", async (sql) => {
    assert.equal((await sql`update storage.objects set name = 'outbound/x' returning 1`).length, 0);
    assert.equal((await sql`delete from storage.objects returning 1`).length, 0);
  });
});

Deno.test("a removed member sees no file any more", async () => {
  await stage.as("agent of a", async (sql) => {
    await sql`select api.leave_tenant(${stage.a.id})`;
    assert.equal((await sql`select from storage.objects`).length, 0);
    await become(sql, "admin of a", stage);
    assert.equal((await sql`select from storage.objects`).length, 1);
  });
});
