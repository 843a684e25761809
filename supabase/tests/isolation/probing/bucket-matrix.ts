import type { TransactionSql } from "postgres";
import { type Actor, actors, type Tenants } from "../../testing/become.ts";
import { type Attempt, attemptAll, isIn } from "./attempts.ts";
import type { Row } from "./compare.ts";

/** The buckets that the catalog of Storage lists, tenant b's apart; `client-<slug>` for a's own. */
export async function listBuckets(sql: TransactionSql, tenants: Tenants): Promise<Record<string, string>> {
  const rows = await sql<{ id: string }[]>`
    select id from storage.buckets where id <> ${`client-${tenants.b.slug}`} order by 1`;
  return Object.fromEntries(
    rows.map(({ id }) => [id === `client-${tenants.a.slug}` ? "client-<slug>" : id, id]),
  );
}

/** What every actor can do with the files of each bucket. */
export async function readBucketMatrix(sql: TransactionSql, tenants: Tenants): Promise<Record<string, Row>> {
  const matrix: Record<string, Row> = {};
  for (const [label, id] of Object.entries(await listBuckets(sql, tenants))) {
    matrix[label] = await readBucketRow(sql, tenants, id);
  }
  return matrix;
}

/** What every actor can do with the files of a bucket, as letters: s(elect) i(nsert) u(pdate) d(elete). */
export async function readBucketRow(
  sql: TransactionSql,
  tenants: Tenants,
  bucket: string,
  changes: string[] = [],
): Promise<Row> {
  const outcomes = await attemptAll(
    sql,
    tenants,
    actors.flatMap((actor) => attemptsOn(bucket, actor)),
    changes,
  );
  return Object.fromEntries(actors.map((actor, place) => [
    actor,
    [..."siud"].filter((letter, offset) => {
      const outcome = outcomes[place * 4 + offset] ?? { code: "42501" };
      if (!isIn(outcome) || outcome.code) return isIn(outcome);
      return letter === "s" ? (outcome.rows ?? 0) > 0 : letter === "i" || outcome.moved;
    }).join(""),
  ])) as Row;
}

function attemptsOn(bucket: string, actor: Actor): Attempt[] {
  const inBucket = `where bucket_id = '${bucket}'`;
  const watch = `select string_agg(ctid::text, ' ' order by ctid) from storage.objects ${inBucket}`;
  return [
    { actor, statement: `select from storage.objects ${inBucket}` },
    {
      actor,
      statement: `insert into storage.objects (bucket_id, name) values ('${bucket}', 'outbound/planted.txt')`,
    },
    { actor, statement: `update storage.objects set metadata = '{}'`, watch },
    { actor, statement: "delete from storage.objects", watch },
  ];
}
