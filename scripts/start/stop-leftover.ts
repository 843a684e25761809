import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { z } from "zod";

const note = z.object({ pid: z.number().int().positive() });

/**
 * Stops the process that a file names, if it still runs and is ours; a start that was killed could not do it itself.
 *
 * @param mark What its command line must contain: another program may have got the number since.
 */
export async function stopLeftover(file: string, mark: string): Promise<void> {
  if (!existsSync(file)) return;
  const parsed = note.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) return;
  const commandLine = `/proc/${parsed.data.pid}/cmdline`;
  for (let tries = 0; tries < 50; tries++) {
    if (!existsSync(commandLine) || !(await readFile(commandLine, "utf8")).includes(mark)) return;
    process.kill(parsed.data.pid, "SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
