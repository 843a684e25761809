import assert from "node:assert/strict";
import type { Stage } from "../testing/stage.ts";
import { buckets } from "./expected/buckets.ts";
import { readBucketMatrix } from "./probing/bucket-matrix.ts";
import { differences } from "./probing/compare.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

const file = "supabase/tests/isolation/expected/buckets.ts";

/** Where the matrix differs from what is expected, after statements of a migration that is undone. */
function differencesAfter(...changes: string[]): Promise<string[]> {
  return differences(stage.sql, changes, (sql) => readBucketMatrix(sql, stage), buckets, file);
}

Deno.test("every bucket: who may read, upload, overwrite and delete files is as expected", async () => {
  assert.deepEqual(await differencesAfter(), []);
});

Deno.test("every bucket: the test shows a policy that lets everybody read files", async () => {
  const shown = await differencesAfter(
    `create policy "Leak" on storage.objects for select to authenticated using (true)`,
  );
  for (const actor of ["stranger", "agent of b", "admin of b", "owner of b"]) {
    assert.ok(shown.includes(`client-<slug>: ${actor} may "s", wanted ""`), shown.join("\n"));
  }
});

Deno.test("every bucket: the test shows a bucket that nobody listed", async () => {
  assert.deepEqual(
    await differencesAfter("insert into storage.buckets (id, name) values ('forgotten', 'forgotten')"),
    [`forgotten has no expectation: add a line to ${file} that says who may do what with it`],
  );
});
