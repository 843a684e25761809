import type { MessageBuffer } from "./message-buffer.ts";
import type { SharedSession } from "./shared-session.ts";
import type { Startup } from "./startup.ts";
import { StatementNames } from "./statement-names.ts";
import { replaceStatements } from "./statement-text.ts";
import { BrokenFraming, errorResponse, tags } from "./wire.ts";

/** What a client is served with. */
export interface Service {
  session: SharedSession;
  startup: Startup;
  /** May already hold what the client sent behind its startup. */
  buffer: MessageBuffer;
  /** How long a client may hold the session without saying anything. */
  silenceLimitMs: number;
}

/** How long a client whose connection is ended has for reading why. */
const lastWordMs = 1000;

/** One connection after its startup: it holds the session from its first message until it is idle again. */
export class Client {
  /** The channels it listens to. */
  readonly channels = new Set<string>();
  #connection: Deno.TcpConn;
  #service: Service;
  #names: StatementNames;
  #leave: (() => void) | undefined;
  #writes: Promise<void> = Promise.resolve();

  constructor(id: number, connection: Deno.TcpConn, service: Service) {
    this.#connection = connection;
    this.#service = service;
    this.#names = new StatementNames(id);
  }

  /**
   * Returns when the client has left; the session is then as if it had never been there.
   *
   * @param welcome Sent when Postgres knows the user.
   * @throws {BrokenSession} When the session can't serve anyone any more.
   */
  async serve(welcome: Uint8Array): Promise<void> {
    try {
      if (!await this.#enter()) return;
      this.#release();
      await this.write(welcome);
      while (await this.#serveNext());
    } catch (error) {
      if (!(error instanceof BrokenFraming)) throw error;
      await this.#answer(errorResponse("FATAL", "08P01", error.message));
    } finally {
      await this.#leaveForGood();
    }
  }

  async #serveNext(): Promise<boolean> {
    const cycle = this.#service.buffer.takeCycle();
    if (!cycle) return await this.#read();
    if (cycle[0] === tags.terminate) return false;
    await this.#run(cycle);
    return true;
  }

  /** Sends whole messages, after those sent before. A client that has gone is noticed by reading. */
  write(bytes: Uint8Array): Promise<void> {
    this.#writes = this.#writes.then(() => writeAll(this.#connection, bytes)).catch(() => {});
    return this.#writes;
  }

  async #read(): Promise<boolean> {
    const chunk = new Uint8Array(64 * 1024);
    // Whoever holds the session makes all others wait, so holding it in silence has an end.
    const timer = this.#leave && setTimeout(() => void this.#expire(), this.#service.silenceLimitMs);
    try {
      // However a connection ended, its client has left.
      const count = await this.#connection.read(chunk).catch(() => null);
      if (count === null) return false;
      this.#service.buffer.push(chunk.subarray(0, count));
      return true;
    } finally {
      clearTimeout(timer);
    }
  }

  async #expire(): Promise<void> {
    await this.#answer(
      errorResponse("FATAL", "25P03", "terminating connection due to idle-in-transaction timeout"),
      lastWordMs,
    );
    disconnect(this.#connection);
  }

  /** Waits until the client has taken an answer; one that takes none while it holds the session loses its connection. */
  async #answer(bytes: Uint8Array, limitMs: number = this.#service.silenceLimitMs): Promise<void> {
    const timer = this.#leave && setTimeout(() => disconnect(this.#connection), limitMs);
    await this.write(bytes);
    clearTimeout(timer);
  }

  async #run(cycle: Uint8Array): Promise<void> {
    if (!await this.#enter()) return disconnect(this.#connection);
    const { session } = this.#service;
    const safe = replaceStatements(this.#names.rename(cycle), this.channels);
    const { output, state } = await session.exchange(safe);
    if (state === "I") this.#release();
    if (output.length > 0) await this.#answer(output);
  }

  /** Takes the session and makes it the client's own; tells the client when Postgres refuses. */
  async #enter(): Promise<boolean> {
    const { session, startup } = this.#service;
    this.#leave ??= await session.turnstile.enter();
    const refusal = await session.prepareFor(this, startup.setup);
    if (refusal) await this.#answer(refusal);
    return refusal === undefined;
  }

  #release(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  async #leaveForGood(): Promise<void> {
    const { session } = this.#service;
    this.channels.clear();
    disconnect(this.#connection);
    this.#leave ??= await session.turnstile.enter();
    try {
      await session.cleanUp(this.#names.closeAll());
    } finally {
      this.#release();
    }
  }
}

/** Ends a connection at once; one that has ended stays so. */
export function disconnect(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // Either side closed it before.
  }
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
