import { existsSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../gateway/gateway.ts";
import { type FunctionsProcess, startFunctionsProcess } from "./functions-process.ts";
import { isRefusal, prepare, send } from "./pass-request.ts";

/** The functions, served by a process that is started again whenever it ends. */
export interface Supervisor {
  /** Passes a request on; while no process is there it waits, 10 s at most. */
  fetch(request: Request): Promise<Response>;
  /** Starts a process with the present code, lets it take over, then drains the old one. */
  reload(): Promise<void>;
  stop(): Promise<void>;
  /** Of the process that serves at the moment. */
  pid(): number | undefined;
}

/** How the functions are run. */
export interface SupervisorOptions {
  root: string;
  environment: Record<string, string>;
  /** Gets everything that the functions print; the console only what is not routine. */
  logFile: string;
  say: (line: string) => void;
  /** Reload when code changes; default true. */
  isWatching?: boolean;
}

const longestWaitMs = 10_000;

/** Starts the functions and keeps them running. */
export async function superviseFunctions(options: SupervisorOptions): Promise<Supervisor> {
  let isStopping = false;
  let draining = Promise.resolve();
  let current: FunctionsProcess | undefined;
  let arriving = Promise.withResolvers<FunctionsProcess>();

  async function start(): Promise<FunctionsProcess> {
    const started = await startFunctionsProcess(options.root, options.environment, options.logFile);
    void started.ended.then(() => started === current ? revive() : undefined);
    current = started;
    arriving.resolve(started);
    return started;
  }

  async function revive(): Promise<void> {
    current = undefined;
    arriving = Promise.withResolvers();
    if (isStopping) return;
    options.say("The process of the functions ended; starting it again");
    for (let pauseMs = 200; !isStopping && !current; pauseMs = Math.min(2 * pauseMs, 5000)) {
      await start().catch((error: Error) => options.say(error.message));
      if (!current) await pause(pauseMs);
    }
  }

  async function reload(): Promise<void> {
    const old = current;
    await start();
    draining = drainLater(old);
    await draining;
  }

  async function drainLater(old: FunctionsProcess | undefined): Promise<void> {
    // Requests that were given to the old process just now have to reach it before it stops listening.
    await pause(300);
    await old?.drain();
  }

  async function serving(): Promise<FunctionsProcess | undefined> {
    if (current) return current;
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), longestWaitMs);
    const found = await Promise.race([arriving.promise, late.promise]);
    clearTimeout(timer);
    return found;
  }

  async function pass(request: Request): Promise<Response> {
    const process = await serving();
    if (!process) return refuse(503, "The functions do not answer");
    const sent = await prepare(request);
    try {
      return await send(process, sent);
    } catch (error) {
      // What nobody has read, or may be read twice, the next process gets.
      const isHarmless = isRefusal(error) || sent.method === "GET" || sent.method === "HEAD";
      if (!isHarmless || sent.body instanceof ReadableStream) throw error;
      await Promise.race([process.ended, pause(1000)]);
      const next = await serving();
      return next ? await send(next, sent) : refuse(503, "The functions do not answer");
    }
  }

  await start();
  const watcher = options.isWatching === false ? undefined : watch(options, reload);
  return {
    fetch: pass,
    reload,
    pid: () => current?.pid,
    async stop() {
      isStopping = true;
      watcher?.close();
      await Promise.all([current?.drain(), draining]);
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Calls `reload` when code of functions or packages has changed and then rested for a moment. */
function watch(options: SupervisorOptions, reload: () => Promise<void>): Deno.FsWatcher {
  const folders = ["supabase/functions", "packages"].map((folder) => join(options.root, folder));
  const watcher = Deno.watchFs(folders.filter((folder) => existsSync(folder)));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = Promise.resolve();
  async function follow(): Promise<void> {
    for await (const { kind, paths } of watcher) {
      if (kind === "access" || !paths.some(isCode)) continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        options.say("Code changed; reloading the functions");
        busy = busy.then(reload).catch((error: Error) => options.say(error.message));
      }, 300);
    }
    clearTimeout(timer);
  }
  void follow();
  return watcher;
}

/** What functions never import. */
const notServed = /node_modules|\/dist\/|\.test\.ts$|\/packages\/(ui|whatsapp-simulator)\//;

function isCode(path: string): boolean {
  return /\.(ts|tsx|js|json|toml)$/.test(path) && !notServed.test(path);
}
