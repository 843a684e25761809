import { fileURLToPath } from "node:url";
import { CannotStart } from "../cannot-start.ts";
import { freePort } from "../free-port.ts";
import { relayOutput } from "./relay-output.ts";

const program = fileURLToPath(new URL("../../functions.ts", import.meta.url));

/** One process that serves the functions. */
export interface FunctionsProcess {
  port: number;
  pid: number;
  /** Resolves when it is gone, for whatever reason. */
  ended: Promise<void>;
  /** Lets it finish what it does, 3 s at most. */
  drain(): Promise<void>;
}

/**
 * Starts a process and resolves when it accepts requests.
 *
 * @param logFile Gets everything that it prints.
 * @throws {CannotStart} When it ended before.
 */
export async function startFunctionsProcess(
  root: string,
  environment: Record<string, string>,
  logFile: string,
): Promise<FunctionsProcess> {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", program, "--port", String(port), "--with-parent"],
    cwd: root,
    env: environment,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let isGone = false;
  const relayed = relayOutput(child.stdout, logFile);
  const ended = child.status.then(async () => {
    isGone = true;
    await relayed;
  });
  while (!isGone && !await accepts(port)) await pause(20);
  if (isGone) throw new CannotStart("Cannot start the functions: their process ended; its message is above");
  return {
    port,
    pid: child.pid,
    ended,
    async drain() {
      if (isGone) return;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 3500);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
