import { writeFile } from "node:fs/promises";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { generatedFile, generateTypes } from "./generate-types.ts";

const database = await startTestDatabase();
try {
  await writeFile(generatedFile, await generateTypes(database.url));
  console.log(`Wrote ${generatedFile.pathname}`);
} finally {
  await database.stop();
}
