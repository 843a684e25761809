import { readdir } from "node:fs/promises";
import type { Sql } from "postgres";

/** What the project's database and this checkout have of the migrations; names of files, in order. */
export interface MigrationState {
  applied: string[];
  pending: string[];
  /** Versions that the database has and this checkout does not: the checkout is older than what runs. */
  unknown: string[];
}

/** Compares `folder` with the history that the Supabase CLI keeps. */
export async function readMigrations(sql: Sql, folder: string): Promise<MigrationState> {
  const files = (await readdir(folder)).filter((name) => /^\d+_.+\.sql$/.test(name)).sort();
  const [history] = await sql<{ name: string | null }[]>`
    select to_regclass('supabase_migrations.schema_migrations')::text as name`;
  const rows = history?.name
    ? await sql<{ version: string }[]>`
      select version from supabase_migrations.schema_migrations order by version`
    : [];
  const versions = new Set(rows.map(({ version }) => version));
  const versionOf = (file: string) => file.slice(0, file.indexOf("_"));
  const here = new Set(files.map(versionOf));
  return {
    applied: files.filter((file) => versions.has(versionOf(file))),
    pending: files.filter((file) => !versions.has(versionOf(file))),
    unknown: [...versions].filter((version) => !here.has(version)),
  };
}
