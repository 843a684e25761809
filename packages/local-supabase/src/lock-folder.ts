import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { CannotStart } from "./cannot-start.ts";

/**
 * Takes a folder for this process: two platforms on the files of one PGlite would destroy them. What a killed process left
 * behind does not count.
 *
 * @returns Gives it back.
 * @throws {CannotStart} When another process that lives has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, "platform.pid");
  const holder = Number(await readFile(file, "utf8").catch(() => ""));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new CannotStart(
      `Cannot start: process ${holder} already runs the platform on ${folder}; stop it first`,
    );
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
