import type { TransactionSql } from "postgres";
import { type Actor, actors, type Tenants } from "../../testing/become.ts";
import type { Who } from "../expected/functions.ts";
import { attemptAll } from "./attempts.ts";
import type { Row } from "./compare.ts";

/** A function of ours. */
export interface ProbedFunction {
  /** Schema and name; `tenant.x` in a's own schema. */
  label: string;
  /** Its number, since naming it takes a right to look into its schema. */
  oid: number;
  /** Name and types, for a grant. */
  signature: string;
  isDefiner: boolean;
  parameters: { name: string; type: string; hasDefault: boolean }[];
}

/** Every function of ours, from the catalog; those of extensions are not. */
export async function listFunctions(sql: TransactionSql, tenants: Tenants): Promise<ProbedFunction[]> {
  const own = tenants.a.schemaName;
  return await sql<ProbedFunction[]>`
    select format('%s.%s', case n.nspname when ${own} then 'tenant' else n.nspname end, p.proname) as label,
      p.oid::int8::int as oid, p.oid::regprocedure::text as signature,
      p.prosecdef as "isDefiner",
      coalesce((
        select jsonb_agg(jsonb_build_object('name', coalesce(p.proargnames[place], ''), 'type', format_type(t, null),
          'hasDefault', place > p.pronargs - p.pronargdefaults) order by place)
        from unnest(p.proargtypes::oid[]) with ordinality as a (t, place)
      ), '[]') as parameters
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private', 'api', 'engine', ${own})
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1, 2`;
}

/** Which actors hold the right to execute each function, as the letter x. */
export async function readFunctionMatrix(
  sql: TransactionSql,
  tenants: Tenants,
): Promise<Record<string, Row>> {
  const matrix: Record<string, Row> = {};
  for (const found of await listFunctions(sql, tenants)) {
    const row = await readFunctionRow(sql, tenants, found);
    // Of functions that share a name, the more open one counts.
    const other = matrix[found.label];
    matrix[found.label] = other ? mapActors((actor) => other[actor] || row[actor]) : row;
  }
  return matrix;
}

/** The same for one function, after changes that are undone. */
export async function readFunctionRow(
  sql: TransactionSql,
  tenants: Tenants,
  { oid }: ProbedFunction,
  changes: string[] = [],
): Promise<Row> {
  const statement = `select where has_function_privilege(${oid}, 'execute')`;
  const outcomes = await attemptAll(sql, tenants, actors.map((actor) => ({ actor, statement })), changes);
  return mapActors((actor) => outcomes[actors.indexOf(actor)]?.rows === 1 ? "x" : "");
}

function mapActors(letter: (actor: typeof actors[number]) => string): Row {
  return Object.fromEntries(actors.map((actor) => [actor, letter(actor)])) as Row;
}

/** The row that the words of an expectation mean. */
export function rowOf(who: Who): Partial<Row> {
  const isForPeople = /^(logins|members|admins|owners|people)/.test(who);
  const holders = actors.filter((actor: Actor) => {
    if (actor.startsWith("worker")) return who.includes("workers") || who.includes(actor);
    if (actor === "router") return who.includes("router");
    return actor !== "anon" && isForPeople;
  });
  return Object.fromEntries(holders.map((actor) => [actor, "x"]));
}
