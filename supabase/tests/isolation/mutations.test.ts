import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { rolledBack, type Stage } from "../testing/stage.ts";
import {
  listFunctionGrantMutations,
  listPolicyMutations,
  listRlsMutations,
  listSchemaGrantMutations,
  listTableGrantMutations,
  type Mutation,
} from "./probing/list-mutations.ts";
import { openNoticers } from "./probing/notice.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

/**
 * Takes down one wall after the other and asks the tests of this folder, narrowed to what was touched, whether they
 * notice. @returns What they did not notice, and how many walls there were.
 */
async function survivors(list: (sql: TransactionSql) => Promise<Mutation[]>) {
  return await rolledBack(stage.sql, async (sql) => {
    const mutations = await list(sql);
    const notices = await openNoticers(sql, stage);
    const unnoticed: string[] = [];
    for (const mutation of mutations) {
      if (!await notices(mutation)) unnoticed.push(mutation.label);
    }
    return { unnoticed, count: mutations.length };
  });
}

for (
  const [walls, list, atLeast] of [
    ["a policy dropped or replaced by true", listPolicyMutations, 100],
    ["row level security switched off", listRlsMutations, 20],
    ["a table granted to public, anon or authenticated", listTableGrantMutations, 200],
    ["a function made callable, definers among them", listFunctionGrantMutations, 200],
    ["a schema opened", listSchemaGrantMutations, 10],
  ] as const
) {
  Deno.test(`mutations: ${walls} is noticed, each of them`, async () => {
    const { unnoticed, count } = await survivors((sql) => list(sql, stage));
    assert.deepEqual(unnoticed, []);
    assert.ok(count >= atLeast, `only ${count} walls were found`);
  });
}

Deno.test("mutations: a change that takes no wall down is not taken for one", async () => {
  const harmless = {
    label: "a comment",
    object: "private.jobs",
    statement: "comment on table private.jobs is 'x'",
  };
  const { unnoticed } = await survivors(() => Promise.resolve([harmless]));
  assert.deepEqual(unnoticed, ["a comment"]);
});
