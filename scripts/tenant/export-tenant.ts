import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Sql, TransactionSql } from "postgres";
import { type Pack, pack } from "tar-stream";
import { listFiles, readFileOf } from "./bucket-files.ts";
import type { StorageAccess } from "./bucket.ts";
import type { Tenant } from "./registry.ts";
import { listTenantTables, rowsOf, type TenantTable, titleOf } from "./tenant-tables.ts";

/** What an export holds; stored in it as `manifest.json`, its last entry. */
export interface Manifest {
  format: 1;
  tenant: { id: string; slug: string };
  exportedAt: string;
  /** The newest migration of the database that it was taken from. */
  migration: string | null;
  tables: { table: string; entry: string; rows: number; sha256: string }[];
  files: { path: string; size: number; sha256: string }[];
}

/** What exporting needs. */
export interface ExportOptions {
  /** Where the archive goes; it appears there when it is complete, never half. */
  file: string;
  /** Without it no files are taken: for a database that has no Storage beside it. */
  storage?: StorageAccess;
  say?: (line: string) => void;
}

/** Rows that travel from the database at a time. */
const rowsAtATime = 500;

/**
 * Writes one gzipped tar with everything of a tenant: a file of JSON lines per table, from one snapshot of the database,
 * and the files of its bucket. Secrets are in it as they are stored, sealed; without the deployment's keys they do not
 * open. Every table and file has its SHA-256 in the manifest.
 *
 * @throws {Error} When the database or Storage fails; nothing is left at `file` then.
 */
export async function exportTenant(sql: Sql, tenant: Tenant, options: ExportOptions): Promise<Manifest> {
  const say = options.say ?? (() => {});
  const partial = `${options.file}.partial`;
  const archive = pack();
  const written = pipeline(archive, createGzip(), createWriteStream(partial, { mode: 0o600 }));
  // A full disk must end the writing below, too.
  written.catch((error) => archive.destroy(error));
  try {
    const manifest = await sql.begin(
      "isolation level repeatable read read only",
      (transaction) => writeTables(transaction, tenant, archive, say),
    );
    if (options.storage) manifest.files = await writeFiles(options.storage, tenant, archive, say);
    await addEntry(archive, "manifest.json", JSON.stringify(manifest, null, 2));
    archive.finalize();
    await written;
    await rename(partial, options.file);
    return manifest;
  } catch (error) {
    archive.destroy();
    await written.catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeTables(
  sql: TransactionSql,
  tenant: Tenant,
  archive: Pack,
  say: (line: string) => void,
): Promise<Manifest> {
  const [now] = await sql<{ at: Date; migration: string | null }[]>`
    select now() as at, (select max(version) from supabase_migrations.schema_migrations) as migration`;
  const tables: Manifest["tables"] = [];
  for (const table of await listTenantTables(sql, tenant)) {
    const { text, rows } = await readRows(sql, table, tenant);
    const entry = `tables/${titleOf(table)}.ndjson`;
    await addEntry(archive, entry, text);
    tables.push({ table: titleOf(table), entry, rows, sha256: sha256(text) });
    say(`${titleOf(table)}: ${rows} rows`);
  }
  return {
    format: 1,
    tenant: { id: tenant.id, slug: tenant.slug },
    exportedAt: (now?.at ?? new Date()).toISOString(),
    migration: now?.migration ?? null,
    tables,
    files: [],
  };
}

/** A tar entry begins with its size, so a table is put together first. */
async function readRows(sql: TransactionSql, table: TenantTable, tenant: Tenant) {
  const parts: string[] = [];
  let rows = 0;
  const statement = sql<{ line: string }[]>`select to_jsonb(t)::text as line from ${
    rowsOf(sql, table, tenant)
  }`;
  for await (const some of statement.cursor(rowsAtATime)) {
    for (const { line } of some) parts.push(line, "\n");
    rows += some.length;
  }
  return { text: parts.join(""), rows };
}

async function writeFiles(
  storage: StorageAccess,
  tenant: Tenant,
  archive: Pack,
  say: (line: string) => void,
): Promise<Manifest["files"]> {
  const files: Manifest["files"] = [];
  for await (const path of listFiles(storage, tenant.slug)) {
    const bytes = await readFileOf(storage, tenant.slug, path);
    await addEntry(archive, `files/${path}`, bytes);
    files.push({ path, size: bytes.length, sha256: sha256(bytes) });
  }
  say(`${files.length} files`);
  return files;
}

function addEntry(archive: Pack, name: string, content: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(content);
  return new Promise((resolve, reject) => {
    archive.entry({ name, size: bytes.length }, bytes, (error) => error ? reject(error) : resolve());
  });
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
