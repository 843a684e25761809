import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import type { Sql } from "postgres";
import type { StagedTenant } from "../../stage/tenants.ts";
import { readRows } from "./read-rows.ts";

/** What the witness and the database say after a run; every count but the first three should be 0. */
export interface Verdict {
  /** Inbound messages that were acknowledged with 200. */
  acknowledged: number;
  /** Replies that the provider accepted. */
  replies: number;
  /** Turns that were committed. */
  turns: number;
  /** Acknowledged messages that the database does not have. */
  lost: number;
  /** Turns that were begun, also by workers that died. */
  begun: number;
  /** Replies committed without a message that was acknowledged before, which no limit of the product explains. */
  blind: number;
  /** Sessions with a message that neither the bot answered nor a person was told of. */
  unanswered: number;
  /** Replies that the customer got more than once although the provider told what became of them. */
  doubled: number;
  /** The same where the provider told nothing at all: neither answer nor status. */
  doubled_without_status: number;
  /** Messages that were posted more than twice. */
  posted_too_often: number;
  /** Rows whose contact is not the one that the message names. */
  misfiled: number;
  /** Longest time from acknowledgement to the next reply of the same chat, in seconds. */
  worst_reply_s: number;
}

/** Compares the simulator's ledger with the rows of every tenant. */
export async function judge(sql: Sql, tenants: StagedTenant[], ledger: LedgerEvent[]): Promise<Verdict> {
  const acknowledged = ledger.filter((event) => event.kind === "inbound_acknowledged");
  const acknowledgedAt = new Map(acknowledged.map((event) => [event.wamid, Date.parse(event.at)]));
  const { stored, ...rows } = await readRows(sql, tenants, acknowledgedAt);
  return {
    ...countFromLedger(ledger, stored),
    ...rows,
    worst_reply_s: worstReply(ledger),
  };
}

function countFromLedger(ledger: LedgerEvent[], stored: Set<string>) {
  const posts = new Map<string, Set<string>>();
  const told = new Set<string>();
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
      posts.set(id, (posts.get(id) ?? new Set()).add(event.wamid));
    }
    if (event.kind === "status_acknowledged") told.add(event.wamid);
  }
  const repeated = [...posts.values()].filter((wamids) => wamids.size > 1);
  const withStatus = repeated.filter((wamids) => told.has([...wamids][0] ?? ""));
  return {
    acknowledged,
    lost,
    replies,
    doubled: withStatus.length,
    doubled_without_status: repeated.length - withStatus.length,
    posted_too_often: repeated.filter((wamids) => wamids.size > 2).length,
  };
}

function worstReply(ledger: LedgerEvent[]): number {
  return Math.round(Math.max(0, ...delaysOf(ledger).map(({ ms }) => ms)) / 100) / 10;
}

/** How long each chat waited, from the first acknowledged message that was not answered to the next reply. */
export function delaysOf(ledger: LedgerEvent[]): { phoneNumberId: string; customer: string; ms: number }[] {
  const waiting = new Map<string, number>();
  const delays: { phoneNumberId: string; customer: string; ms: number }[] = [];
  for (const event of ledger) {
    if (event.kind !== "inbound_acknowledged" && event.kind !== "outbound") continue;
    const { phone_number_id: phoneNumberId, customer } = event;
    const chat = `${phoneNumberId} ${customer}`;
    const at = Date.parse(event.at);
    const since = waiting.get(chat);
    if (event.kind === "inbound_acknowledged") {
      if (since === undefined) waiting.set(chat, at);
    } else if (since !== undefined) {
      delays.push({ phoneNumberId, customer, ms: at - since });
      waiting.delete(chat);
    }
  }
  return delays;
}
