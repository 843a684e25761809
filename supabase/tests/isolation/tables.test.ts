import assert from "node:assert/strict";
import { outsiders } from "../testing/become.ts";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { tables } from "./expected/tables.ts";
import { differences } from "./probing/compare.ts";
import { platformGrants } from "./probing/platform-grants.ts";
import { startWalls } from "./probing/start-walls.ts";
import { readTableMatrix } from "./probing/table-matrix.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

const file = "supabase/tests/isolation/expected/tables.ts";

/** Where the matrix differs from what is expected, after statements of a migration that is undone. */
function differencesAfter(...changes: string[]): Promise<string[]> {
  return differences(stage.sql, changes, (sql) => readTableMatrix(sql, stage), tables, file);
}

Deno.test("every table: who may select, insert, update and delete is as expected", async () => {
  assert.deepEqual(await differencesAfter(), []);
});

Deno.test("every table: closed to outsiders even when a platform grants every table to every API role", async () => {
  const matrix = await rolledBack(stage.sql, async (sql) => {
    for (const grant of platformGrants(["public", "private", stage.a.schemaName])) await sql.unsafe(grant);
    return await readTableMatrix(sql, stage);
  });
  const open = Object.entries(matrix).flatMap(([table, row]) =>
    outsiders.filter((actor) => row[actor] !== "").map((actor) => `${table}: ${actor} may "${row[actor]}"`)
  );
  assert.deepEqual(open, []);
});

for (
  const [leak, changes, shown] of [
    [
      "a policy that lets everybody read",
      [`create policy "Leak" on client_stage_a.contacts for select to authenticated using (true)`],
      ["stranger", "agent of b", "admin of b", "owner of b"].map((actor) =>
        `tenant.contacts: ${actor} may "s", wanted ""`
      ),
    ],
    [
      "a worker that was let into another tenant's schema",
      [
        "grant usage on schema client_stage_a to client_stage_b_worker",
        "grant update on client_stage_a.sessions to client_stage_b_worker",
      ],
      ['tenant.sessions: worker of b may "u", wanted ""'],
    ],
    [
      "shared work that is open to every worker",
      [`create policy "Leak" on private.due_work for delete to engine_worker using (true)`],
      ['private.due_work: worker of b may "d", wanted ""'],
    ],
    [
      "a table that nobody listed",
      [
        "create table client_stage_a.forgotten (id integer primary key)",
        "insert into client_stage_a.forgotten values (1)",
      ],
      [
        `tenant.forgotten has no expectation: add a line to ${file} that says who may do what with it`,
      ],
    ],
    [
      "a view that reads with its owner's rights",
      [
        "create view api.leak as select * from client_stage_a.contacts",
        "grant select on api.leak to authenticated",
      ],
      [
        `api.leak has no expectation: add a line to ${file} that says who may do what with it`,
      ],
    ],
  ] as const
) {
  Deno.test(`every table: the test shows ${leak}`, async () => {
    assert.deepEqual(await differencesAfter(...changes), shown);
  });
}
