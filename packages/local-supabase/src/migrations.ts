import { readdir, readFile } from "node:fs/promises";
import process from "node:process";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";

/** A migration that Postgres refused; nothing of it was kept. */
export class BrokenMigration extends Error {
  override name = "BrokenMigration";
}

/**
 * Applies the files of `folder` that the database does not know yet, in the order of their names, each in one
 * transaction together with its row in the history that the Supabase CLI also reads.
 *
 * @param say Receives the name of each applied migration.
 * @throws {BrokenMigration} With file, line and Postgres's message.
 */
export async function applyMigrations(sql: Sql, folder: string, say: (name: string) => void = () => {}) {
  await sql.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text primary key, statements text[], name text
    );`).simple();
  const rows = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
  const applied = new Set(rows.map((row) => row.version));
  const files = (await readdir(folder)).filter((name) => /^\d+_.+\.sql$/.test(name)).sort();
  for (const file of files) {
    const version = file.slice(0, file.indexOf("_"));
    if (applied.has(version)) continue;
    await applyOne(sql, version, file, await readFile(join(folder, file), "utf8"));
    say(file);
  }
}

async function applyOne(sql: Sql, version: string, file: string, text: string) {
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(text).simple();
      await transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${version}, ${file.slice(version.length + 1, -".sql".length)}, ${[text]})`;
    });
  } catch (cause) {
    if (!(cause instanceof postgres.PostgresError)) throw cause;
    const line = cause.position ? `:${text.slice(0, Number(cause.position)).split("\n").length}` : "";
    throw new BrokenMigration(`Cannot apply ${file}${line}: ${cause.message}`, { cause });
  }
}

/** Where the product's migrations are, seen from the project's root. */
export const migrationsFolder = join(process.cwd(), "supabase/migrations");
