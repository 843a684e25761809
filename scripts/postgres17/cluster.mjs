// A throw-away PostgreSQL 17 cluster in a temporary folder, on a free port of the loopback address.

import process from "node:process";
import { appendFile, chown, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binFolder, installPostgres } from "./install.mjs";
import { freePort } from "../setup/free-port.mjs";
import { run } from "./run.mjs";

/** Debian's `nobody`: the server refuses to run as root. */
const nobody = 65534;

/**
 * Starts a cluster whose superuser is `supabase_admin`, as on Supabase; about 0.7 s.
 *
 * @param options `port` (default: a free one), `settings` (lines for postgresql.conf),
 *   `folder` to keep the data in (default: a temporary one, removed at stop), `data` of a stopped cluster to start a copy of.
 * @returns `adminUrl` of the superuser, `folder`, `pid`, `stop()` and `stopAtOnce()` (as a crash), `start()` again, `log()`,
 *   `keepData(place)`: stops and leaves the data there, unless some are there already.
 */
export async function startCluster(options = {}) {
  await installPostgres(options.say);
  const port = options.port ?? await freePort();
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), "sales-engine-db-"));
  const data = join(folder, "data");
  const sockets = join(folder, "run");
  await mkdir(sockets);
  if (process.getuid() === 0) { for (const owned of [folder, sockets]) await chown(owned, nobody, nobody); }
  if (options.data) await run("cp", ["-a", options.data, data]);
  else await initialize(data);
  await appendFile(
    join(data, "postgresql.conf"),
    [
      `listen_addresses = '127.0.0.1'`,
      `port = ${port}`,
      `unix_socket_directories = '${sockets}'`,
      `wal_level = logical`,
      `shared_preload_libraries = 'pg_cron'`,
      `cron.database_name = 'postgres'`,
      `max_connections = 200`,
      `jit = off`,
      `timezone = 'UTC'`,
      ...(options.settings ?? []),
      "",
    ].join("\n"),
  );
  const logFile = join(folder, "server.log");
  const log = () => readFile(logFile, "utf8");
  const start = async () => {
    await as("pg_ctl", ["-D", data, "-l", logFile, "-w", "-t", "60", "start"]).catch(async (error) => {
      throw new Error(`${error.message}\n${(await log().catch(() => "")).slice(-2000)}`);
    });
  };
  const stop = (mode) => as("pg_ctl", ["-D", data, "-m", mode, "-w", "-t", "60", "stop"]);
  await start();
  return {
    adminUrl: `postgresql://supabase_admin@127.0.0.1:${port}/postgres`,
    port,
    folder,
    start,
    log,
    /** Stops as a crash would: the next start recovers. */
    stopAtOnce: () => stop("immediate"),
    stop: async () => {
      await stop("fast").catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
    keepData: async (place) => {
      await stop("fast");
      // Somebody else may have been faster; theirs is as good.
      await rename(data, place).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function initialize(data) {
  return as("initdb", [
    "-D",
    data,
    "-U",
    "supabase_admin",
    "-A",
    "trust",
    "--no-sync",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
  ]);
}

function as(program, args) {
  const options = {
    env: { HOME: "/", PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" },
    cwd: "/",
    isDaemon: program === "pg_ctl",
  };
  const command = join(binFolder, program);
  if (process.getuid() !== 0) return run(command, args, options);
  return run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", command, ...args], options);
}
