import assert from "node:assert/strict";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { schemas } from "./expected/schemas.ts";
import { differences } from "./probing/compare.ts";
import { listTables } from "./probing/list-tables.ts";
import { complaintsAboutGrants } from "./probing/read-grants.ts";
import { readSchemaMatrix } from "./probing/schema-matrix.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

/** What is wrong with the grants of every table, after statements of a migration that is undone. */
async function complaintsAfter(...changes: string[]): Promise<string[]> {
  return await rolledBack(stage.sql, async (sql) => {
    for (const change of changes) await sql.unsafe(change);
    const complaints = [];
    for (const table of await listTables(sql, stage.a)) {
      complaints.push(...await complaintsAboutGrants(sql, stage, table));
    }
    return complaints;
  });
}

Deno.test("every grant on a table has its policy, and the columns that it is meant for", async () => {
  assert.deepEqual(await complaintsAfter(), []);
});

Deno.test("every schema: who may use it is as expected", async () => {
  const found = await differences(
    stage.sql,
    [],
    (sql) => readSchemaMatrix(sql, stage),
    schemas,
    "supabase/tests/isolation/expected/schemas.ts",
  );
  assert.deepEqual(found, []);
});

for (
  const [leak, change, shown] of [
    [
      "a right that no policy answers to",
      "grant select on client_stage_a.early_statuses to authenticated",
      ["tenant.early_statuses: authenticated select is granted, and no policy answers to it"],
    ],
    [
      "a column more than was meant",
      "grant update (slug) on public.tenants to authenticated",
      [
        'public.tenants: authenticated update is granted on "slug name locale time_zone settings", ' +
        'wanted "name locale time_zone settings": see supabase/tests/isolation/expected/columns.ts',
      ],
    ],
    [
      "a policy that nobody has the right for",
      "revoke select on client_stage_a.media from authenticated",
      ["tenant.media: authenticated select has a policy and no grant"],
    ],
    [
      "a table that was opened to workers of every tenant",
      "grant select on client_stage_a.contacts to engine_worker",
      [
        "tenant.contacts: engine_worker select is granted, and no policy answers to it",
        "tenant.contacts: client_stage_b_worker select is granted, and no policy answers to it",
      ],
    ],
  ] as const
) {
  Deno.test(`every grant: the test shows ${leak}`, async () => {
    assert.deepEqual(await complaintsAfter(change), shown);
  });
}
