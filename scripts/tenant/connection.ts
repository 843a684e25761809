import postgres, { type Sql, type TransactionSql } from "postgres";

/** Where a statement runs: the pool, or the transaction around it. */
export type Connection = Sql | TransactionSql;

/** Connects as the project's owner, without named statements, so that a transaction pooler serves too. */
export function connect(databaseUrl: string): Sql {
  return postgres(databaseUrl, { max: 2, prepare: false, connect_timeout: 10, onnotice: () => {} });
}
