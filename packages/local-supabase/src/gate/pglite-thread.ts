import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "../cannot-start.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** PGlite behind its gate, in a thread of its own. */
export interface PgliteThread {
  port: number;
  /** Open transactions roll back; what was committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the thread. When PGlite breaks, it is opened anew on the same port; clients see their connections end.
 *
 * @param options `folder` of its files (default: in memory), `port` (default: a free one), `say` for the console.
 * @throws {CannotStart} When the port is taken or the folder can't be opened.
 */
export async function startPgliteThread(
  options: { folder?: string; port?: number; say?: (line: string) => void },
): Promise<PgliteThread> {
  let port = options.port;
  let isStopping = false;
  if (options.folder !== undefined && !existsSync(join(options.folder, "PG_VERSION"))) {
    await create(options.folder);
  }
  let worker = await start();

  async function start(): Promise<Worker> {
    const started = new Worker(new URL("./worker.ts", import.meta.url).href, { type: "module" });
    const answer = await ask(started, { kind: "start", folder: options.folder, port });
    if (answer.kind !== "started") {
      started.terminate();
      throw new CannotStart(explain(answer, options));
    }
    port = answer.port;
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "broken" && !isStopping) void restart(data.message);
    };
    return started;
  }

  async function restart(reason: string): Promise<void> {
    options.say?.(`${reason}; opening the database again`);
    worker.terminate();
    worker = await start();
  }

  return {
    port: port ?? 0,
    async stop() {
      isStopping = true;
      await ask(worker, { kind: "stop" });
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
