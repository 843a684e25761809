import type { TestDatabase } from "@app/local-supabase/testing.ts";
import { z } from "zod";

/** What `private.note_refusal` writes, and nothing else. */
const refusalLine = z.strictObject({
  event: z.literal("refused"),
  code: z.string(),
  caller: z.string().nullable(),
  tenant: z.string().nullable(),
  function: z.string(),
});

/** The refusals that stand in a server's log, oldest first. */
export async function readRefusals(database: Pick<TestDatabase, "log">) {
  const log = await database.log();
  return [...log.matchAll(/LOG:\s+(\{.*"event": "refused".*\})$/gm)]
    .map(([, line]) => refusalLine.parse(JSON.parse(line ?? "")));
}
