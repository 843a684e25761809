import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "./console.mjs";

/** The Deno that the npm package brings. */
export const deno = join(root, "node_modules/.bin/deno");

/** Whole output lines of the runs, for the counts that test runners print last. */
const kept = 20_000;

/**
 * Runs a command in the project's root and shows what it prints.
 *
 * @returns Its exit code and the end of its output.
 */
export function show(command, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", ...environment },
    });
    let tail = "";
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.on("data", (chunk) => {
        to.write(chunk);
        tail = (tail + chunk).slice(-kept);
      });
    }
    child.on("error", (error) => resolve({ code: 1, tail: String(error) }));
    child.on("exit", (code) => resolve({ code: code ?? 1, tail }));
  });
}

/**
 * Runs a Deno program in the foreground: it gets our terminal and our signals, we end as it ends.
 *
 * @param script Path from the project's root.
 */
export function becomeDeno(script, args = []) {
  const child = spawn(deno, ["run", "-A", "--quiet", script, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" },
  });
  // Ctrl-C reaches the child by the terminal; a signal sent to us alone is passed on.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {});
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
