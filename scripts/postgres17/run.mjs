import { spawn } from "node:child_process";

/**
 * Runs a program and collects what it prints.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { isDaemon?: boolean }} options Those of `spawn`, and `isDaemon`: it leaves a server behind that would hold our pipes open,
 *   so what it prints is thrown away.
 * @returns Its standard output.
 * @throws When it exits with anything but 0; the message ends with the last lines it printed.
 */
export function run(command, args, { isDaemon = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: isDaemon ? "ignore" : ["ignore", "pipe", "pipe"],
      ...options,
    });
    let stdout = "";
    let tail = "";
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
      tail = (tail + chunk).slice(-2000);
    });
    child.stderr?.on("data", (chunk) => tail = (tail + chunk).slice(-2000));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`Cannot run ${command} ${args.join(" ")}: it ended with ${code}\n${tail}`));
    });
  });
}
