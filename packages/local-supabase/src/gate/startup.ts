import type { MessageBuffer } from "./message-buffer.ts";
import { int32, join, message, readString, readyWhenIdle, requests } from "./wire.ts";

/** Who a client says it is. */
export interface Startup {
  user: string;
  database: string;
  /** SQL that gives the session the client's user and settings. */
  setup: string;
}

/**
 * Reads the startup of a connection. An SSL or GSS request is answered with "no"; a cancel request ends the connection,
 * since PGlite can't be interrupted.
 *
 * @returns `undefined` when the connection is to be closed.
 */
export async function readStartup(
  connection: Deno.TcpConn,
  buffer: MessageBuffer,
): Promise<Startup | undefined> {
  connection.setNoDelay(true);
  const chunk = new Uint8Array(4096);
  for (;;) {
    const startup = buffer.takeStartup();
    if (startup) {
      const code = new DataView(startup.buffer).getUint32(4);
      if (code === requests.cancel) return undefined;
      if (code !== requests.ssl && code !== requests.gss) return parseStartup(startup);
      await connection.write(new TextEncoder().encode("N"));
      continue;
    }
    const count = await connection.read(chunk);
    if (count === null) return undefined;
    buffer.push(chunk.subarray(0, count));
  }
}

function parseStartup(startup: Uint8Array): Startup {
  const parameters = new Map<string, string>();
  for (let at = 8; at < startup.length - 1;) {
    const name = readString(startup, at);
    const value = readString(startup, name.next);
    parameters.set(name.text, value.text);
    at = value.next;
  }
  const user = parameters.get("user") ?? "";
  const database = parameters.get("database") ?? user;
  const settings = [...parameters].filter(([name]) => !notSettings.has(name));
  const setup = [
    `set session authorization ${quoteName(user)}`,
    ...settings.map(([name, value]) => `select set_config(${quoteText(name)}, ${quoteText(value)}, false)`),
  ].join("; ");
  return { user, database, setup };
}

const notSettings = new Set(["user", "database", "replication", "options"]);

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `E'${escaped}'`;
}

/** What a server says before the first query: welcome (there are no passwords), its settings, a key, ready. */
export function welcome(settings: Map<string, string>, clientId: number): Uint8Array<ArrayBuffer> {
  return join([
    message("R", int32(0)),
    ...[...settings].map(([name, value]) => message("S", name, value)),
    message("K", int32(clientId), int32(0)),
    readyWhenIdle,
  ]);
}
