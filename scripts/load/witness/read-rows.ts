import type { Sql, TransactionSql } from "postgres";
import type { StagedTenant } from "../../stage/tenants.ts";

/** What the rows of all tenants say. */
interface Rows {
  /** Provider ids of inbound messages. */
  stored: Set<string>;
  turns: number;
  /** Turns that were begun; each may have asked the model. */
  begun: number;
  blind: number;
  unanswered: number;
  misfiled: number;
}

/**
 * Reads the rows of every tenant, as the superuser.
 *
 * @param acknowledgedAt When the provider had its 200 for a message, in milliseconds since 1970, by the message's id.
 */
export async function readRows(
  sql: Sql,
  tenants: StagedTenant[],
  acknowledgedAt: ReadonlyMap<string, number>,
): Promise<Rows> {
  const rows: Rows = { stored: new Set(), turns: 0, begun: 0, blind: 0, unanswered: 0, misfiled: 0 };
  for (const tenant of tenants) {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('search_path', ${tenant.schemaName}, true)`;
      await addRows(transaction, rows, acknowledgedAt);
    });
  }
  return rows;
}

async function addRows(
  sql: TransactionSql,
  rows: Rows,
  acknowledgedAt: ReadonlyMap<string, number>,
): Promise<void> {
  const messages = await sql<Message[]>`
    select external_id as "externalId", session_id as "sessionId", seq from messages where direction = 'inbound'`;
  const turns = await sql<Turn[]>`
    with committed as (
      select session_id, read_through_seq, finished_at, created_at,
        lag(read_through_seq, 1, 0::bigint) over own as read_before,
        lag(finished_at, 1, '-infinity') over own as committed_before
      from turns where status = 'committed'
      window own as (partition by session_id order by finished_at)
    )
    select c.session_id as "sessionId", c.read_through_seq as "readThrough",
      extract(epoch from c.finished_at)::float8 * 1000 as "committedMs",
      (select count(*)::int from turns t where t.session_id = c.session_id and t.status = 'superseded'
        and t.created_at > c.committed_before and t.created_at < c.created_at) as "thrownAway",
      coalesce((select extract(epoch from c.finished_at - min(m.created_at))::float8 * 1000 from messages m
        where m.session_id = c.session_id and m.direction = 'inbound' and m.seq > c.read_before
          and m.seq <= c.read_through_seq), 0) as "waitedMs"
    from committed c`;
  const [counts] = await sql<{ begun: number; unanswered: number; misfiled: number }[]>`
    select
      (select count(*)::int from turns) as begun,
      (select count(*)::int from sessions s where s.holder = 'bot' and s.status = 'open' and (
        exists (select from pending_messages p where p.session_id = s.id)
        or (select m.direction from messages m where m.session_id = s.id order by m.seq desc limit 1) = 'inbound'
      )) as unanswered,
      (select count(*)::int from messages m join sessions s on s.id = m.session_id
        join contact_identities i on i.contact_id = s.contact_id and i.kind = 'phone'
        where m.direction = 'inbound' and m.content not like '%from=' || i.external_id || ' %') as misfiled`;
  for (const { externalId } of messages) rows.stored.add(externalId);
  rows.turns += turns.length;
  rows.begun += counts?.begun ?? 0;
  rows.blind += countBlind(messages, turns, acknowledgedAt);
  rows.unanswered += counts?.unanswered ?? 0;
  rows.misfiled += counts?.misfiled ?? 0;
}

interface Message {
  externalId: string;
  sessionId: string;
  seq: string;
}

interface Turn {
  sessionId: string;
  readThrough: string | null;
  committedMs: number;
  /** Drafts of the session that were thrown away since the turn before. */
  thrownAway: number;
  /** From the first message that the turn read to its commit. */
  waitedMs: number;
}

/** The product's own limits: after so many thrown away drafts, or so long, a turn commits for what it has read. */
const supersedeLimit = 2;
const supersedeMaxMs = 45_000;

/**
 * Turns that began to commit after a message was acknowledged, and had not read it, though they might still have been
 * thrown away for it.
 */
function countBlind(messages: Message[], turns: Turn[], acknowledgedAt: ReadonlyMap<string, number>): number {
  const bySession = Map.groupBy(messages, (message) => message.sessionId);
  return turns.filter(({ sessionId, readThrough, committedMs, thrownAway, waitedMs }) =>
    thrownAway < supersedeLimit && waitedMs < supersedeMaxMs &&
    (bySession.get(sessionId) ?? []).some(({ externalId, seq }) =>
      Number(seq) > Number(readThrough ?? 0) && (acknowledgedAt.get(externalId) ?? Infinity) < committedMs
    )
  ).length;
}
