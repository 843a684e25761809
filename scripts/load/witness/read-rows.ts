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
    select session_id as "sessionId", read_through_seq as "readThrough",
      extract(epoch from finished_at)::float8 * 1000 as "committedMs"
    from turns where status = 'committed'`;
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
}

/** Turns that began to commit after a message was acknowledged, and had not read it. */
function countBlind(messages: Message[], turns: Turn[], acknowledgedAt: ReadonlyMap<string, number>): number {
  const bySession = Map.groupBy(messages, (message) => message.sessionId);
  return turns.filter(({ sessionId, readThrough, committedMs }) =>
    (bySession.get(sessionId) ?? []).some(({ externalId, seq }) =>
      Number(seq) > Number(readThrough ?? 0) && (acknowledgedAt.get(externalId) ?? Infinity) < committedMs
    )
  ).length;
}
