import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import type { Sql } from "postgres";
import type { StagedTenant } from "../../stage/tenants.ts";

/** What the witness and the database say after a run; every count but the first two should be 0. */
export interface Verdict {
  /** Inbound messages that were acknowledged with 200. */
  acknowledged: number;
  /** Replies that the provider accepted. */
  replies: number;
  /** Acknowledged messages that the database does not have. */
  lost: number;
  /** Sessions of the bot with a message that nobody answered. */
  unanswered: number;
  /** Replies that the customer got more than once. */
  doubled: number;
  /** Rows whose contact is not the one that the message names. */
  misfiled: number;
  /** Longest time from acknowledgement to the next reply of the same chat, in seconds. */
  worst_reply_s: number;
}

/** Compares the simulator's ledger with the rows of every tenant. */
export async function judge(sql: Sql, tenants: StagedTenant[], ledger: LedgerEvent[]): Promise<Verdict> {
  const stored = new Set<string>();
  let unanswered = 0;
  let misfiled = 0;
  for (const tenant of tenants) {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('search_path', ${tenant.schemaName}, true)`;
      const rows = await transaction<{ externalId: string }[]>`
        select external_id as "externalId" from messages where direction = 'inbound'`;
      for (const row of rows) stored.add(row.externalId);
      const [counts] = await transaction<{ unanswered: number; misfiled: number }[]>`
        select
          (select count(*)::int from sessions s where s.holder = 'bot' and s.status = 'open' and (
            exists (select from pending_messages p where p.session_id = s.id)
            or (select m.direction from messages m where m.session_id = s.id order by m.seq desc limit 1) = 'inbound'
          )) as unanswered,
          (select count(*)::int from messages m join sessions s on s.id = m.session_id
            join contact_identities i on i.contact_id = s.contact_id and i.kind = 'phone'
            where m.direction = 'inbound' and m.content not like '%from=' || i.external_id || ' %') as misfiled`;
      unanswered += counts?.unanswered ?? 0;
      misfiled += counts?.misfiled ?? 0;
    });
  }
  return {
    ...countFromLedger(ledger, stored),
    unanswered,
    misfiled,
    worst_reply_s: worstReply(ledger),
  };
}

function countFromLedger(ledger: LedgerEvent[], stored: Set<string>) {
  const posts = new Map<string, number>();
  let acknowledged = 0;
  let lost = 0;
  let replies = 0;
  for (const event of ledger) {
    if (event.kind === "inbound_acknowledged") {
      acknowledged += 1;
      if (!stored.has(event.wamid)) lost += 1;
    }
    if (event.kind === "outbound") {
      replies += 1;
      const id = event.callback_data ?? event.wamid;
      posts.set(id, (posts.get(id) ?? 0) + 1);
    }
  }
  const doubled = [...posts.values()].filter((times) => times > 1).length;
  return { acknowledged, lost, replies, doubled };
}

function worstReply(ledger: LedgerEvent[]): number {
  const waiting = new Map<string, number>();
  let worst = 0;
  for (const event of ledger) {
    if (event.kind !== "inbound_acknowledged" && event.kind !== "outbound") continue;
    const chat = `${event.phone_number_id} ${event.customer}`;
    const at = Date.parse(event.at);
    const since = waiting.get(chat);
    if (event.kind === "inbound_acknowledged") {
      if (since === undefined) waiting.set(chat, at);
    } else if (since !== undefined) {
      worst = Math.max(worst, at - since);
      waiting.delete(chat);
    }
  }
  return Math.round(worst / 100) / 10;
}
