import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "../cannot-start.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** PGlite behind its gate, in a thread of its own. */
export interface PgliteThread {
  port: number;
  /** Open transactions roll back; what was committed is on disk. Waits for a running statement, but not for ever. */
  stop(): Promise<void>;
}

/**
 * Starts the thread. When PGlite breaks, it is opened anew on the same port; clients see their connections end.
 *
 * @param options `folder` of its files (default: in memory), `port` (default: a free one), `say` for the console,
 *   `stopWithinMs` for a statement that runs while it is stopped (default: 5,000).
 * @throws {CannotStart} When the port is taken or the folder can't be opened.
 */
export async function startPgliteThread(
  options: { folder?: string; port?: number; say?: (line: string) => void; stopWithinMs?: number },
): Promise<PgliteThread> {
  let port = options.port;
  let isStopping = false;
  if (options.folder !== undefined && !existsSync(join(options.folder, "PG_VERSION"))) {
    await create(options.folder);
  }
  let running = start();
  await running;

  async function start(): Promise<Worker> {
    const started = new Worker(new URL("./worker.ts", import.meta.url).href, { type: "module" });
    const answer = await ask(started, { kind: "start", folder: options.folder, port });
    if (answer.kind !== "started") {
      started.terminate();
      throw new CannotStart(explain(answer, options));
    }
    port = answer.port;
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "broken") restart(started, data.message);
    };
    // What nobody foresaw ends the thread, which cannot say so itself.
    started.onerror = (event) => {
      event.preventDefault();
      restart(started, `The thread of PGlite ended: ${event.message}`);
    };
    return started;
  }

  function restart(ended: Worker, reason: string): void {
    if (isStopping) return;
    options.say?.(`${reason}; opening the database again`);
    ended.terminate();
    running = start();
  }

  return {
    port: port ?? 0,
    async stop() {
      isStopping = true;
      const worker = await running;
      const deadline = Promise.withResolvers<void>();
      const timer = setTimeout(deadline.resolve, options.stopWithinMs ?? 5_000);
      // PGlite cannot be interrupted: a statement that still runs then ends with its thread, as in a crash.
      await Promise.race([ask(worker, { kind: "stop" }).catch(() => {}), deadline.promise]);
      clearTimeout(timer);
      worker.terminate();
    },
  };
}

/** Making a database takes twice the memory of using it, so that is done in a thread that ends. */
async function create(folder: string): Promise<void> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url).href, { type: "module" });
  const answer = await ask(worker, { kind: "create", folder });
  worker.terminate();
  if (answer.kind !== "created") throw new CannotStart(explain(answer, { folder }));
}

function ask(worker: Worker, message: ToWorker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new CannotStart(`Cannot start PGlite: ${event.message}`));
    };
    worker.postMessage(message);
  });
}

function explain(answer: FromWorker, { folder, port }: { folder?: string; port?: number }): string {
  if (answer.kind !== "failed") return `Cannot start PGlite: unexpected answer "${answer.kind}"`;
  if (answer.name === "AddrInUse") {
    return `Cannot start the database: port ${port} is taken; stop what uses it, or set DATABASE_PORT`;
  }
  return `Cannot open the database in ${folder ?? "memory"}: ${answer.message}`;
}
