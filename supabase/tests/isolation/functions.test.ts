import assert from "node:assert/strict";
import { type Stage, startStage } from "../testing/stage.ts";
import { functions } from "./expected/functions.ts";
import { differences } from "./probing/compare.ts";
import { readFunctionMatrix, rowOf } from "./probing/function-matrix.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const wanted = Object.fromEntries(Object.entries(functions).map(([name, who]) => [name, rowOf(who)]));
const file = "supabase/tests/isolation/expected/functions.ts";

/** Where the matrix differs from what is expected, after statements of a migration that is undone. */
function differencesAfter(...changes: string[]): Promise<string[]> {
  return differences(stage.sql, changes, (sql) => readFunctionMatrix(sql, stage), wanted, file);
}

Deno.test("every function: who may execute it is as expected", async () => {
  assert.deepEqual(await differencesAfter(), []);
});

for (
  const [leak, changes, shown] of [
    [
      "a function that was left to everybody",
      ["grant execute on function api.list_sessions to public"],
      ["anon", "worker of a", "worker of b", "router"].map((actor) =>
        `api.list_sessions: ${actor} may "x", wanted ""`
      ),
    ],
    [
      "an operator's function in the hands of people",
      ["grant execute on function private.drop_tenant to authenticated"],
      ["stranger", "agent of a", "admin of a", "owner of a", "agent of b", "admin of b", "owner of b"].map((
        actor,
      ) => `private.drop_tenant: ${actor} may "x", wanted ""`),
    ],
    [
      "a function that nobody listed",
      ["create function engine.forgotten() returns int language sql return 1"],
      [`engine.forgotten has no expectation: add a line to ${file} that says who may do what with it`],
    ],
  ] as const
) {
  Deno.test(`every function: the test shows ${leak}`, async () => {
    assert.deepEqual(await differencesAfter(...changes), shown);
  });
}
