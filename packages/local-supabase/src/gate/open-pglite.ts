import process from "node:process";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite/vector";

/**
 * Opens the PGlite of `folder`, making it when it is not there (about 3 s; later 0.2 s). As on Supabase, its superuser
 * is `supabase_admin`, so that `postgres` can be the role without superuser rights that the product logs in as.
 *
 * @param folder Default: in memory.
 */
export async function openPglite(folder?: string): Promise<PGlite> {
  const exitCode = process.exitCode;
  const database = await PGlite.create({ dataDir: folder ?? "memory://", extensions: { vector } });
  // Its start is a program that "exits"; the process around it goes on.
  process.exitCode = exitCode ?? 0;
  const { rows } = await database.query<{ name: string }>(
    "select rolname as name from pg_roles where oid = 10",
  );
  if (rows[0]?.name !== "supabase_admin") {
    // A role can't rename itself.
    await database.exec(`
      create role renaming superuser;
      set session authorization renaming;
      alter role postgres rename to supabase_admin;
      set session authorization supabase_admin;
      drop role renaming;
    `);
  }
  return database;
}
