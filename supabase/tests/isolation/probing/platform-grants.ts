/** What a platform does that exposes schemas without asking: every table to every API role. */
export function platformGrants(schemas: string[]): string[] {
  return schemas.flatMap((schema) => [
    `grant usage on schema ${schema} to anon, authenticated`,
    `grant all on all tables in schema ${schema} to anon, authenticated`,
  ]);
}
