import type { PGlite } from "@electric-sql/pglite";
import { Client, disconnect } from "./client.ts";
import { MessageBuffer } from "./message-buffer.ts";
import { BrokenSession, SharedSession } from "./shared-session.ts";
import { readStartup, welcome } from "./startup.ts";
import { errorResponse } from "./wire.ts";

/** A database that speaks Postgres's protocol on a port of the loopback address. */
export interface Gate {
  port: number;
  /** Lets no one in any more, ends all connections (open transactions roll back), and closes the database. */
  stop(): Promise<void>;
}

/** How a gate behaves. */
export interface GateOptions {
  /** Default: a free one. */
  port?: number;
  /** How long a client may hold the database without saying anything; default 30,000 ms. */
  silenceLimitMs?: number;
  /** Told once when PGlite broke: the gate serves no one any more and is to be started anew. */
  onBroken?: (error: Error) => void;
}

/**
 * Serves one PGlite to many clients. A client holds it from its first message until `ReadyForQuery` says idle, in the
 * order in which they came, so neither transactions nor roles mix.
 *
 * Every client gets the user it asks for, its own names of prepared statements, and the notifications it listens to.
 * As behind a transaction pooler, what it sets lasts for a transaction, not for its session.
 *
 * @throws {Deno.errors.AddrInUse} When the port is taken.
 */
export async function startGate(database: PGlite, options: GateOptions = {}): Promise<Gate> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: options.port ?? 0 });
  const clients = new Set<Client>();
  const running = new Map<Deno.TcpConn, Promise<void>>();
  const settings = await readSettings(database);
  const session = new SharedSession(database, (channel, bytes) => {
    for (const client of clients) if (client.channels.has(channel)) void client.write(bytes);
  });
  let lastId = 0;
  let isBroken = false;

  async function serve(connection: Deno.TcpConn): Promise<void> {
    const buffer = new MessageBuffer();
    const startup = await readStartup(connection, buffer).catch(() => undefined);
    if (!startup) return disconnect(connection);
    const id = ++lastId;
    const client = new Client(id, connection, {
      session,
      startup,
      buffer,
      silenceLimitMs: options.silenceLimitMs ?? 30_000,
    });
    if (startup.database !== "postgres") {
      await client.write(errorResponse("FATAL", "3D000", `database "${startup.database}" does not exist`));
      return disconnect(connection);
    }
    clients.add(client);
    await client.serve(welcome(settings, id)).catch(reportBroken).finally(() => clients.delete(client));
  }

  function reportBroken(error: unknown): void {
    if (!(error instanceof BrokenSession)) throw error;
    if (isBroken) return;
    isBroken = true;
    listener.close();
    for (const connection of running.keys()) disconnect(connection);
    options.onBroken?.(error);
  }

  async function accept(): Promise<void> {
    for (;;) {
      try {
        const connection = await listener.accept();
        running.set(connection, serve(connection).finally(() => running.delete(connection)));
      } catch (error) {
        if (isClosed(error)) return;
        // A client that left before it was let in, or no descriptor is free: others still come.
        await new Promise((go) => setTimeout(go, 20));
      }
    }
  }
  const accepting = accept();

  return {
    port: listener.addr.port,
    async stop() {
      if (!isBroken) listener.close();
      await accepting;
      const served = [...running.values()];
      for (const connection of running.keys()) disconnect(connection);
      await Promise.all(served);
      if (!isBroken) await database.close();
    },
  };
}

/** What a listener says when it was closed. */
function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted;
}

/** The settings that a server reports to each client when it connects. */
async function readSettings(database: PGlite): Promise<Map<string, string>> {
  const { rows } = await database.query<{ name: string; setting: string }>(`
    select name, setting from pg_settings where name in (
      'server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'IntervalStyle', 'TimeZone',
      'integer_datetimes', 'standard_conforming_strings', 'default_transaction_read_only', 'in_hot_standby')`);
  return new Map(rows.map((row) => [row.name, row.setting]));
}
