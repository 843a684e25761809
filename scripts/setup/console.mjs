import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = join(fileURLToPath(new URL(".", import.meta.url)), "../..");

const startedAt = Date.now();

/** Prints one line of progress with the seconds since the start. */
export function say(line) {
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`);
}

/** Ends the program with one clear sentence. */
export function fail(sentence) {
  console.error(`\n${sentence}.`);
  process.exit(1);
}
