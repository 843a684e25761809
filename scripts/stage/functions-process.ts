import type { Stage } from "./stage.ts";

/** The product's functions in a process of their own, which can be killed from outside. */
export interface FunctionsProcess {
  pid: number;
  /** Resolves when the process is gone, whoever ended it. */
  ended: Promise<unknown>;
  /** SIGKILL: nothing is cleaned up. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: background work is finished first. */
  stop(): Promise<void>;
  /** SIGSTOP and SIGCONT: the process hangs, then goes on as if nothing had been. */
  freeze(): void;
  thaw(): void;
}

/** What a process has differently from the stage. */
interface FunctionsOptions {
  /** A module that runs before the functions. */
  preload?: string;
  /** Settings by name of the environment variable. */
  settings?: Record<string, string>;
  /** The file that standard output, the log, is added to; default: it is thrown away. */
  logFile?: string;
}

/** Starts the functions on the stage's port and resolves when they answer. */
export async function startFunctions(
  stage: Stage,
  options: FunctionsOptions = {},
): Promise<FunctionsProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      "--unstable-no-legacy-abort",
      ...(options.preload ? ["--preload", options.preload] : []),
      "packages/local-supabase/functions.ts",
      "--port",
      String(stage.functionsPort),
    ],
    env: { ...stage.environment, ...options.settings },
    stdin: "null",
    stdout: options.logFile ? "piped" : "null",
    stderr: "inherit",
  }).spawn();
  if (options.logFile) keepLog(child, options.logFile);
  await untilHealthy(stage, child);
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await child.status;
  };
  return {
    pid: child.pid,
    ended: child.status,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
  };
}

function keepLog(child: Deno.ChildProcess, path: string): void {
  const file = Deno.openSync(path, { append: true, create: true });
  child.stdout.pipeTo(file.writable).catch(() => {});
}

async function untilHealthy(stage: Stage, child: Deno.ChildProcess): Promise<void> {
  let ended = false;
  child.status.then(() => ended = true);
  for (let tries = 0; tries < 600; tries++) {
    if (ended) throw new Error("Cannot start the functions: the process ended; its message is above");
    const response = await fetch(`${stage.functionsUrl}/health`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("Cannot start the functions: no answer within 2 minutes");
}
