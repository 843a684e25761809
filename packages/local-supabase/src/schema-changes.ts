import postgres from "postgres";

/**
 * Calls `forget` whenever somebody says `notify pgrst`, as after a change of schema; lite does not listen itself.
 *
 * @returns Ends the listening.
 */
export async function listenForSchemaChanges(
  url: string,
  forget: () => Promise<void>,
): Promise<() => Promise<void>> {
  const sql = postgres(url, { max: 1, prepare: false, onnotice: () => {} });
  await sql.listen("pgrst", () => void forget());
  return () => sql.end({ timeout: 1 });
}
