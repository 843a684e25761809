import process from "node:process";
import type { PGlite } from "@electric-sql/pglite";
import { eachMessage } from "./messages.ts";
import { Turnstile } from "./turnstile.ts";
import { join, message, readString, tags } from "./wire.ts";

/** What an exchange with Postgres gave back. */
export interface Exchange {
  /** For the client; notifications are taken out. */
  output: Uint8Array;
  /** `I` idle, `T` in a transaction, `E` in a failed one; `undefined` while the cycle has not ended. */
  state: string | undefined;
}

/** PGlite stopped following the protocol; only opening it anew helps. Acknowledged commits are on disk. */
export class BrokenSession extends Error {
  override name = "BrokenSession";
}

/** The one Postgres session that all clients of the gate share, turn by turn. */
export class SharedSession {
  readonly turnstile = new Turnstile();
  #database: PGlite;
  #onNotification: (channel: string, bytes: Uint8Array) => void;
  #preparedFor: object | undefined;
  #broken: BrokenSession | undefined;

  /** @param onNotification Receives every notification with its bytes, ready to be sent to those who listen. */
  constructor(database: PGlite, onNotification: (channel: string, bytes: Uint8Array) => void) {
    this.#database = database;
    this.#onNotification = onNotification;
  }

  /**
   * Runs whole messages. Called only by the holder of the turnstile.
   *
   * @throws {BrokenSession} When PGlite threw or left a finished cycle unanswered, as after a stack overflow.
   */
  async exchange(messages: Uint8Array): Promise<Exchange> {
    // Another statement would not come back from a broken PGlite.
    if (this.#broken) throw this.#broken;
    const isWhole = endsCycle(messages);
    const reply = this.#read(await this.#execute(messages), isWhole);
    if (reply.state === undefined && isWhole) {
      throw this.#broken = new BrokenSession("Cannot go on with PGlite: it left a statement unanswered");
    }
    return reply;
  }

  async #execute(messages: Uint8Array): Promise<Uint8Array> {
    const exitCode = process.exitCode ?? 0;
    try {
      // Not execProtocolRaw: it keeps every message that it parsed for as long as the process lives.
      return (await this.#database.execProtocol(messages, { throwOnError: false, syncToFs: false })).data;
    } catch (cause) {
      throw this.#broken = new BrokenSession("Cannot go on with PGlite: a statement made it fail", { cause });
    } finally {
      // A statement that fails is a program that "exits"; the process around it goes on.
      process.exitCode = exitCode;
    }
  }

  #read(data: Uint8Array, isWhole: boolean): Exchange {
    let state: string | undefined;
    let isChanged = false;
    const kept: Uint8Array[] = [];
    for (const { tag, bytes } of eachMessage(data)) {
      if (tag === tags.notification) {
        isChanged = true;
        this.#onNotification(readString(bytes, 9).text, bytes.slice());
        continue;
      }
      // PGlite says so too early, after an error that a flush brought; Postgres waits for the sync, skipping all before it.
      if (tag === tags.readyForQuery && !isWhole) {
        isChanged = true;
        continue;
      }
      if (tag === tags.readyForQuery) state = String.fromCharCode(bytes[5] ?? 0);
      kept.push(bytes);
    }
    return { output: isChanged ? join(kept) : data, state };
  }

  /**
   * Makes the session look new to `client` unless that was the last one to use it: what others set is reset, then
   * `setup` (its user and its own settings) runs.
   *
   * @returns The error message of Postgres when `setup` was refused.
   */
  async prepareFor(client: object, setup: string): Promise<Uint8Array | undefined> {
    if (this.#preparedFor === client) return undefined;
    this.#preparedFor = undefined;
    const { output } = await this.exchange(
      message("Q", `${becomeSuperuser}; reset all; ${setup}`),
    );
    for (const { tag, bytes } of eachMessage(output)) if (tag === tags.errorResponse) return bytes;
    this.#preparedFor = client;
    return undefined;
  }

  /** Ends whatever a client left half done: its cycle, its transaction, its open statements. */
  async cleanUp(closings: Uint8Array[]): Promise<void> {
    const { state } = await this.exchange(message("S"));
    if (state !== "I") await this.exchange(message("Q", "rollback"));
    await this.exchange(join([...closings, message("S")]));
    await this.exchange(
      message("Q", `${becomeSuperuser}; select pg_advisory_unlock_all(); discard temp`),
    );
    this.#preparedFor = undefined;
  }
}

/** PGlite does not know whom to reset to; whoever it started as may become anyone at any time. */
const becomeSuperuser = "set session authorization supabase_admin";

function endsCycle(messages: Uint8Array): boolean {
  for (const { tag } of eachMessage(messages)) {
    if (tag === tags.query || tag === tags.sync || tag === tags.functionCall) return true;
  }
  return false;
}
