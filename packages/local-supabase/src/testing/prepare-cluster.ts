import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import postgres from "postgres";
import { startCluster } from "../../../../scripts/postgres17/cluster.mjs";
import { installFolder } from "../../../../scripts/postgres17/install.mjs";
import { applyMigrations, migrationsFolder } from "../migrations.ts";
import { ensureSystemSchema } from "../system-schema.ts";

const prefix = "sales-engine-prepared-";
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The data of a cluster that has what Supabase ships and all migrations, for tests to start copies of: a copy takes a
 * fraction of the time. Made anew whenever a file that it is made from changes; what nobody used for a day is deleted.
 *
 * @returns Its folder below the system's temporary one.
 */
export async function prepareCluster(): Promise<string> {
  const folder = join(tmpdir(), prefix + await fingerprint());
  if (!existsSync(folder)) {
    const cluster = await startCluster({
      // Few and short files, since every test copies them.
      settings: ["fsync = off", "min_wal_size = 32MB", "wal_recycle = off"],
    });
    await ensureSystemSchema(cluster.adminUrl);
    const sql = postgres(cluster.adminUrl.replace("supabase_admin", "postgres"), {
      max: 1,
      onnotice: () => {},
    });
    await applyMigrations(sql, migrationsFolder);
    await sql.end();
    await cluster.keepData(folder);
  }
  const now = new Date();
  await utimes(folder, now, now).catch(() => {});
  await forgetOld(now.getTime());
  return folder;
}

/** Changes with whatever could make another cluster of it. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  const shipped = new URL("../../sql/", import.meta.url).pathname;
  for (const folder of [migrationsFolder, shipped]) {
    for (const name of (await readdir(folder)).sort()) {
      hash.update(name).update(await readFile(join(folder, name)));
    }
  }
  for (
    const file of [
      new URL("../system-schema.ts", import.meta.url).pathname,
      join(process.cwd(), "node_modules/@supabase/lite/package.json"),
      join(installFolder, ".ok"),
    ]
  ) hash.update(await readFile(file).catch(() => ""));
  return hash.digest("hex").slice(0, 16);
}

async function forgetOld(nowMs: number): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const found = await stat(folder).catch(() => undefined);
    if (found && nowMs - found.mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}
