import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { generatedFile, generateTypes } from "./generate-types.ts";

let database: TestDatabase;
Deno.test.beforeAll(async () => void (database = await startTestDatabase()));
Deno.test.afterAll(() => database.stop());

Deno.test("the generated types are those of schema api; if not, run `npm run types`", async () => {
  assert.equal(await readFile(generatedFile, "utf8"), await generateTypes(database.url));
});

Deno.test("generateTypes() shows a function that was added", async () => {
  await database
    .sql`create function api.planted(p_number integer) returns text language sql as 'select null::text'`;
  assert.match(
    await generateTypes(database.url),
    /"?planted"?: \{\s*Args: \{ "?p_number"?: number \};\s*Returns: string;?\s*\}/,
  );
});
