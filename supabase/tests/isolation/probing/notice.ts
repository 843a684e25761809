import type { TransactionSql } from "postgres";
import { outsiders, type Tenants } from "../../testing/become.ts";
import { buckets } from "../expected/buckets.ts";
import { functions } from "../expected/functions.ts";
import { schemas } from "../expected/schemas.ts";
import { tables } from "../expected/tables.ts";
import { topics } from "../expected/topics.ts";
import { listBuckets, readBucketRow } from "./bucket-matrix.ts";
import { compare, type Expectation, type Row } from "./compare.ts";
import { listFunctions, readFunctionRow, rowOf } from "./function-matrix.ts";
import type { Mutation } from "./list-mutations.ts";
import { listTables, type ProbedTable } from "./list-tables.ts";
import { platformGrants } from "./platform-grants.ts";
import { complaintsAboutGrants } from "./read-grants.ts";
import { listSchemas, readSchemaRow } from "./schema-matrix.ts";
import { readTableRow } from "./table-matrix.ts";
import { listTopics, readTopicRow } from "./topic-matrix.ts";

/** Says whether a test of this folder would fail after a mutation. */
type Notices = (mutation: Mutation) => Promise<boolean>;

/** Reads once what there is; then each mutation costs only the probing of what it touches. */
export async function openNoticers(sql: TransactionSql, tenants: Tenants): Promise<Notices> {
  const tablesByName = new Map((await listTables(sql, tenants.a)).map((table) => [table.relation, table]));
  const functionsByName = new Map((await listFunctions(sql, tenants)).map((one) => [one.signature, one]));
  const schemaLabels = Object.entries(await listSchemas(sql, tenants));
  const [allBuckets, allTopics] = [await listBuckets(sql, tenants), await listTopics(sql, tenants)];

  async function noticesOn(
    objects: Record<string, string>,
    wanted: Record<string, Expectation>,
    read: (id: string) => Promise<Row>,
  ): Promise<boolean> {
    for (const [label, id] of Object.entries(objects)) {
      if (differs(label, await read(id), wanted[label])) return true;
    }
    return false;
  }

  return async ({ object, statement }) => {
    const changes = [statement];
    const table = tablesByName.get(object) ?? tablesByName.get(`public.${object}`);
    if (table) return await noticesOnTable(sql, tenants, table, changes);
    const found = functionsByName.get(object);
    if (found) {
      const who = functions[found.label];
      const row = await readFunctionRow(sql, tenants, found, changes);
      return who === undefined || differs(found.label, row, rowOf(who));
    }
    if (object === "realtime.messages") {
      return await noticesOn(allTopics, topics, (topic) => readTopicRow(sql, tenants, topic, changes));
    }
    if (object.startsWith("storage.")) {
      return await noticesOn(allBuckets, buckets, (id) => readBucketRow(sql, tenants, id, changes));
    }
    const [label] = schemaLabels.find(([, name]) => name === object) ?? [];
    if (!label) throw new Error(`Cannot tell whether a change of ${object} is noticed: nothing probes it`);
    return differs(label, await readSchemaRow(sql, tenants, object, changes), schemas[label]);
  };
}

function differs(label: string, row: Row, wanted: Expectation | undefined): boolean {
  return wanted === undefined || compare({ [label]: row }, { [label]: wanted }, "").length > 0;
}

/** The three tests of a table: its matrix, its matrix on a platform that grants everything, its grants. */
async function noticesOnTable(
  sql: TransactionSql,
  tenants: Tenants,
  table: ProbedTable,
  changes: string[],
): Promise<boolean> {
  if (differs(table.label, await readTableRow(sql, tenants, table, changes), tables[table.label])) {
    return true;
  }
  if ((await complaintsAboutGrants(sql, tenants, table, changes)).length > 0) return true;
  const exposed = await readTableRow(sql, tenants, table, [...changes, ...platformGrants([table.schema])]);
  return outsiders.some((actor) => exposed[actor] !== "");
}
