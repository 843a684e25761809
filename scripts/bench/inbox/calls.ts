import type { TransactionSql } from "postgres";
import type { FullInbox } from "./fill-inbox.ts";

/** A thing that an agent does and waits for. */
export interface InboxCall {
  name: "queue" | "search" | "open";
  /** Its statements, sent one after the other; all of them are one time. */
  run(sql: TransactionSql, inbox: FullInbox, turn: number): Promise<unknown>[];
}

const views = ["needs_answer", "mine", "unassigned", "snoozed", "bot", "all", "resolved"];
const words = [
  "hola",
  "articulo4711",
  "precio caja",
  "cochabamba",
  "maria",
  "59170000123",
  "quispe 77",
  "gracias",
];

/** The queue in each of its views with its counts; searches for rare words, common words, names and numbers; opening. */
export const inboxCalls: InboxCall[] = [
  {
    name: "queue",
    run: (sql, { tenantId }, turn) => [
      sql`select api.list_queue(${tenantId}, ${views[turn % views.length] ?? ""})`,
    ],
  },
  {
    name: "search",
    run: (sql, { tenantId }, turn) => [
      sql`select api.search_sessions(${tenantId}, ${words[turn % words.length] ?? ""})`,
    ],
  },
  {
    name: "open",
    run: (sql, { tenantId, sessionIds }, turn) => {
      const id = sessionIds[turn % sessionIds.length] ?? "";
      return [
        sql`select * from api.get_session(${tenantId}, ${id})`,
        sql`select * from api.list_messages(${tenantId}, ${id})`,
      ];
    },
  },
];
