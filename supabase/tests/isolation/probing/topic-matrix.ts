import type { TransactionSql } from "postgres";
import { actors, type Tenants } from "../../testing/become.ts";
import { attemptAll } from "./attempts.ts";
import type { Row } from "./compare.ts";

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The topics of tenant a on which anything was sent, one of each kind, by kind: `tenant:<id>`. */
export async function listTopics(sql: TransactionSql, tenants: Tenants): Promise<Record<string, string>> {
  const rows = await sql<{ topic: string }[]>`
    select distinct topic from realtime.messages where topic like ${`%${tenants.a.id}%`} order by 1`;
  return Object.fromEntries(rows.map(({ topic }) => [topic.replaceAll(uuid, "<id>"), topic]));
}

/** What every actor can do on each of these topics. */
export async function readTopicMatrix(sql: TransactionSql, tenants: Tenants): Promise<Record<string, Row>> {
  const matrix: Record<string, Row> = {};
  for (const [label, topic] of Object.entries(await listTopics(sql, tenants))) {
    matrix[label] = await readTopicRow(sql, tenants, topic);
  }
  return matrix;
}

/**
 * What every actor can do on one topic, as Realtime asks: rows of `realtime.messages` are looked for and inserted under
 * the caller's role. Letters: h(ear) p(resence) b(roadcast) t(rack).
 */
export async function readTopicRow(
  sql: TransactionSql,
  tenants: Tenants,
  topic: string,
  changes: string[] = [],
): Promise<Row> {
  const settings = { "realtime.topic": topic };
  const put = `insert into realtime.messages (topic, extension, private) values ('${topic}', '{}', true)`;
  const attempts = actors.flatMap((actor) => [
    {
      actor,
      settings,
      statement: `select from realtime.messages where topic = '${topic}' and extension = 'broadcast'`,
    },
    {
      actor,
      settings,
      statement: `select from realtime.messages where topic = '${topic}' and extension = 'presence'`,
    },
    { actor, settings, statement: put.replace("{}", "broadcast") },
    { actor, settings, statement: put.replace("{}", "presence") },
  ]);
  const probes = ["broadcast", "presence"].map((extension) => put.replace("{}", extension));
  const outcomes = await attemptAll(sql, tenants, attempts, [...probes, ...changes]);
  return Object.fromEntries(actors.map((actor, place) => [
    actor,
    [..."hpbt"].filter((_, offset) => (outcomes[place * 4 + offset]?.rows ?? 0) > 0).join(""),
  ])) as Row;
}
