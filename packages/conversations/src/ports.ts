/** What the use cases need of the world. Adapters live in `supabase/functions/_shared` and in the other packages. */

/** A tenant as the registry names it. Role and search path are made from it in one place, the database adapter. */
export interface Tenant {
  id: string;
  /** `client_<slug>`. */
  schemaName: string;
}

/** A JSON value on its way into a statement; made by {@linkcode Sql.json}. */
export interface SqlJson {
  readonly value: unknown;
  readonly type: number;
}

/**
 * What can stand in `${…}` of a statement: always a value, never a piece of SQL. Lists travel as JSON, both ways:
 * Postgres arrays would make each connection read the array types of every tenant's tables.
 */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | SqlJson;

/** Runs statements of one transaction: sql`select ${1} as one`. `int8` comes back as a number, times as `Date`. */
export interface Sql {
  <Row extends object = Record<string, unknown>>(
    text: TemplateStringsArray,
    ...values: SqlValue[]
  ): Promise<Row[]>;
  /** Passes an object or list as `jsonb`; a string that is given to a `jsonb` without it becomes a JSON string. */
  json(value: unknown): SqlJson;
}

/**
 * The statements of one transaction. Inside, await nothing but SQL: the connection is held meanwhile.
 * It runs again from its beginning after a deadlock or serialization failure, so it has no other effects.
 */
export type Work<T> = (sql: Sql) => Promise<T>;

/** One call of a database function, not run yet; made by {@linkcode CallBuilder}. */
export type FunctionCall = PromiseLike<unknown>;

/** Writes a call: call`engine.receive_messages(${id}, ${call.json(messages)})`. */
export interface CallBuilder {
  (text: TemplateStringsArray, ...values: SqlValue[]): FunctionCall;
  /** See {@linkcode Sql.json}. */
  json(value: unknown): SqlJson;
}

/** Whose token a request carried, after its signature was checked. Handed to RLS as `request.jwt.claims`. */
export interface MemberClaims {
  /** The user's id. */
  sub: string;
  [claim: string]: unknown;
}

/**
 * Transactions, each in a role that may do only what it is for.
 *
 * All methods throw {@linkcode Unavailable} when the database can't be reached or stays deadlocked after three more
 * tries, {@linkcode InvalidInput} when a value or row is refused (SQLSTATE classes 22, 23 and 54),
 * {@linkcode NotFound} when the tenant is gone or a function raises P0002, and Postgres's own error for anything else,
 * which is a bug.
 */
export interface Database {
  /** As `engine_router`: routes webhooks and claims due work; sees nothing of any tenant. */
  withRouter<T>(work: Work<T>): Promise<T>;
  /** As the tenant's worker, with the tenant's tables on the search path. */
  withTenant<T>(tenant: Tenant, work: Work<T>): Promise<T>;
  /**
   * Calls one function as the tenant's worker, in a transaction of its own and one round trip, where a transaction of
   * several statements takes three.
   *
   * @returns What the function returned.
   */
  callAsTenant(
    tenant: Tenant,
    write: (call: CallBuilder) => FunctionCall,
  ): Promise<unknown>;
  /**
   * Calls one function of schema `api` as a person; it checks membership and enters the tenant itself.
   *
   * @throws {Forbidden} When the person does not act for the tenant; {NotFound} when there is no such thing.
   * @throws {Conflict} When the state is not what the caller saw; `reason` is the function's.
   */
  callAsMember(
    claims: MemberClaims,
    write: (call: CallBuilder) => FunctionCall,
  ): Promise<unknown>;
  /** As `authenticated` with `claims`: row level security decides. */
  withMember<T>(
    claims: MemberClaims,
    tenant: Tenant,
    work: Work<T>,
  ): Promise<T>;
}
