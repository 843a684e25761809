/** The database port over postgres.js: one transaction, one role, statements pipelined. */
import postgres, { type Fragment, type ISql, type ParameterOrFragment, type TransactionSql } from "postgres";
import { NotFound } from "@app/contracts/mod.ts";
import type {
  CallBuilder,
  Database,
  FunctionCall,
  MemberClaims,
  Sql,
  SqlValue,
  Tenant,
  Work,
} from "@app/conversations/mod.ts";
import {
  type Connection,
  ConnectionLost,
  type ConnectsOnce,
  type Driver,
  openConnection,
  type Transaction,
} from "./connection.ts";
import { isUnknownRole, isWorthRetrying, translateError } from "./database-errors.ts";
import { openLanes } from "./lanes.ts";

/** How to reach the database. */
export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** Whether statements keep a name on the server; off behind a transaction pooler. */
  prepare: boolean;
}

/** The port, and how to let go of it. */
export interface OpenDatabase extends Database {
  /** Waits up to 5 s for running transactions. */
  close(): Promise<void>;
}

/** Tries after the first, each a little later than the one before. */
const retries = 3;

/** Connects when first used; see {@linkcode Database} for what it throws. */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
  const connections = Array.from(
    { length: options.poolSize },
    (): Connection => openConnection((once) => connect(options, once)),
  );
  const lanes = openLanes(connections);

  async function retry<T>(once: () => Promise<T>): Promise<T> {
    for (let attempt = 0;; attempt++) {
      try {
        return await once();
      } catch (error) {
        if (attempt >= retries || !isWorthRetrying(error)) {
          throw translateError(error);
        }
        await pause(5 * 2 ** attempt * (1 + Math.random()));
      }
    }
  }

  async function transact<T>(identity: Identity, work: Work<T>): Promise<T> {
    return await lanes.run(
      identity.searchPath,
      "transaction",
      (connection) =>
        connection.transaction(async (transaction) => {
          // The statements of `work` follow on the wire without waiting for this one.
          const [, result] = await Promise.all([
            enter(transaction.sql, identity),
            work(speak(transaction)),
          ]);
          return result;
        }),
    );
  }

  /** A statement is a transaction. Its first part is evaluated before the call, since the call reads from it. */
  async function callOnce(
    identity: Identity,
    write: (call: CallBuilder) => FunctionCall,
  ): Promise<unknown> {
    const [row] = await lanes.run(
      identity.searchPath,
      "call",
      (connection) =>
        connection.call((driver) =>
          driver`
        with entered as materialized (${settingsOf(driver, identity)})
        select ${write(callOn(driver)) as Fragment} as result from entered`.catch(refuseUnknownRole)
        ),
    );
    return row?.result;
  }

  return {
    withRouter: (work) =>
      retry(() =>
        transact({
          role: "engine_router",
          searchPath: "engine, extensions",
          claims: "",
        }, work)
      ),
    withTenant: (tenant, work) => retry(() => transact(workerOf(tenant), work)),
    callAsTenant: (tenant, write) => retry(() => callOnce(workerOf(tenant), write)),
    callAsMember: (claims, write) => retry(() => callOnce(personOf(claims), write)),
    withMember: (claims, tenant, work) => retry(() => transact(memberOf(claims, tenant), work)),
    close: async () => void await Promise.all(connections.map((connection) => connection.end())),
  };
}

/** One connection. Many tenants share a few of them; see {@linkcode openLanes} for which serves whom. */
function connect({ url, prepare }: DatabaseOptions, once: ConnectsOnce): Driver {
  // The driver's types do not know that it takes a socket; its README does.
  const options: postgres.Options<Record<string, postgres.PostgresType>> & ConnectsOnce = {
    ...once,
    max: 1,
    prepare,
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => {},
    types: { int8: { to: 20, from: [20], parse: Number, serialize: String } },
  };
  return postgres(url, options) as unknown as Driver;
}

function callOn(driver: Driver): CallBuilder {
  return Object.assign(
    (text: TemplateStringsArray, ...values: SqlValue[]) => driver(text, ...values as Value[]),
    { json: (value: unknown) => driver.typed(value as never, jsonb) },
  );
}

interface Identity {
  role: string;
  searchPath: string;
  claims: string;
}

/** Role, path and claims go in by value, and out with the transaction. No other place changes them. */
function settingsOf(sql: ISql, { role, searchPath, claims }: Identity) {
  return sql`select set_config('role', ${role}, true), set_config('search_path', ${searchPath}, true),
    set_config('request.jwt.claims', ${claims}, true)`;
}

function enter(sql: TransactionSql, identity: Identity): Promise<unknown> {
  return settingsOf(sql, identity).execute().catch(refuseUnknownRole);
}

/** @throws {NotFound} When the role is gone, and with it the tenant; else what came. */
function refuseUnknownRole(cause: unknown): never {
  if (!isUnknownRole(cause)) throw cause;
  throw new NotFound("Cannot act for the tenant: its role does not exist", {
    cause,
  });
}

function workerOf(tenant: Tenant): Identity {
  return {
    role: `${checked(tenant)}_worker`,
    searchPath: pathOf(tenant),
    claims: "",
  };
}

function memberOf(claims: MemberClaims, tenant: Tenant): Identity {
  return {
    role: "authenticated",
    searchPath: pathOf(tenant),
    claims: JSON.stringify(claims),
  };
}

/** Functions of `api` enter the tenant themselves. */
function personOf(claims: MemberClaims): Identity {
  return { role: "authenticated", searchPath: "extensions", claims: JSON.stringify(claims) };
}

function pathOf(tenant: Tenant): string {
  return `${checked(tenant)}, engine, extensions`;
}

/** The registry's constraint guarantees the form; anything else never came from it. */
function checked(tenant: Tenant): string {
  if (!/^client_[a-z][a-z0-9_]{0,40}$/.test(tenant.schemaName)) {
    throw new Error(
      `Cannot act for tenant "${tenant.id}": its schema name is not of the form client_<slug>`,
    );
  }
  return tenant.schemaName;
}

/** Statements are sent when made, so that those which do not wait for each other share a round trip. */
function speak({ sql: transaction, isLost }: Transaction): Sql {
  function sql<Row extends object>(
    text: TemplateStringsArray,
    ...values: SqlValue[]
  ): Promise<Row[]> {
    if (isLost()) return Promise.reject(new ConnectionLost("Cannot go on: the connection was lost"));
    return transaction<Row[]>(text, ...values as Value[]).execute();
  }
  return Object.assign(sql, {
    json: (value: unknown) => transaction.typed(value as never, jsonb),
  });
}

/** The driver's type of a value; ours is narrower, but says `unknown` where the driver lists what JSON can hold. */
type Value = ParameterOrFragment<never>;

/** https://github.com/postgres/postgres/blob/REL_17_STABLE/src/include/catalog/pg_type.dat */
const jsonb = 3802;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
