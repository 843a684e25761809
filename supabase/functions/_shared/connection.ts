/**
 * A connection of the driver's that outlives the database.
 *
 * When a connection is lost within a transaction, the driver still writes its `rollback` to the socket that is gone, from
 * a callback of its own: nobody can catch what that throws, and the process dies. What it was told between the error of a
 * socket and its end it neither sends nor refuses, and when it connects again it takes the next answers for those. So a
 * transaction whose connection was lost is not given back to the driver, and a driver connects once: when its connection
 * is lost, all that it holds is refused and another one takes its place.
 *
 * @see https://github.com/porsager/postgres/issues/1154
 * @see https://github.com/porsager/postgres/issues/1208
 */
import { connect as connectTo, type Socket } from "node:net";
import type postgres from "postgres";

/** What the driver knows besides its own types: `int8` comes back as a number. */
interface Types extends Record<string, unknown> {
  int8: number;
}

/** The driver, connected once at most. */
export type Driver = postgres.Sql<Types>;

/** A transaction of the driver's, and whether it is still one. */
export interface Transaction {
  sql: postgres.TransactionSql<Types>;
  /** Whether its connection is gone. What is said to the driver after that is said outside of the transaction. */
  isLost(): boolean;
}

/** One connection at a time, the present one of its kind. What a lost one held is rejected as unreachable. */
export interface Connection {
  /** Statements that each stand for themselves; others' may run between them. */
  call<T>(work: (driver: Driver) => Promise<T>): Promise<T>;
  /** Begins, and commits when `work` resolves or rolls back when it rejects. Rejects when the connection is lost. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Waits up to 5 s for what runs. */
  end(): Promise<void>;
}

interface Held {
  driver: Driver;
  isLost: boolean;
}

/** What a driver is made with, so that it connects once and tells when that is over. */
export interface ConnectsOnce {
  socket(address: { host: string[]; port: number[] }): Promise<Socket>;
  onclose(): void;
}

const connectTimeoutMs = 5_000;

/**
 * Makes a connection; it connects when first used.
 *
 * @param make Makes a driver of one connection.
 */
export function openConnection(make: (options: ConnectsOnce) => Driver): Connection {
  let isEnding = false;
  let present = hold();

  function hold(): Held {
    let hasConnected = false;
    const lose = () => {
      if (held.isLost) return;
      held.isLost = true;
      if (present === held && !isEnding) present = hold();
      held.driver.end({ timeout: 0 }).catch(() => {});
    };
    const held: Held = {
      driver: make({
        onclose: lose,
        async socket({ host: [host = "localhost"], port: [port = 5432] }) {
          if (hasConnected) throw new ConnectionLost("Cannot connect: a lost connection is not used again");
          hasConnected = true;
          return await openSocket(host, port).catch((error) => {
            lose();
            throw error;
          });
        },
      }),
      isLost: false,
    };
    return held;
  }

  return {
    call: (work) => work(present.driver),
    async transaction(work) {
      const held = present;
      const isLost = () => held.isLost;
      const done = await held.driver.begin(async (sql) => {
        try {
          // A tuple inside an object: the driver would unpack a bare one in its types.
          const result = await work({ sql, isLost });
          return isLost() ? await never() : { result };
        } catch (error) {
          if (isLost()) await never();
          throw error;
        }
      });
      return (done as { result: Awaited<ReturnType<typeof work>> }).result;
    },
    end() {
      isEnding = true;
      return present.driver.end({ timeout: 5 });
    },
  };
}

/** As the driver says it of a statement that was under way. */
export class ConnectionLost extends Error {
  readonly code = "CONNECTION_CLOSED";
}

/** The driver has rejected the transaction already, and is waited for by nobody. */
function never(): Promise<never> {
  return new Promise(() => {});
}

/** A socket that is connected; the driver reads the name of its host for the server's certificate. */
function openSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = Object.assign(connectTo({ host, port }), { host });
    const tooLate = setTimeout(() => {
      socket.destroy(
        Object.assign(new Error("Cannot connect: no answer in time"), { code: "CONNECT_TIMEOUT" }),
      );
    }, connectTimeoutMs);
    socket.once("close", () => clearTimeout(tooLate));
    socket.once("error", reject);
    socket.once("connect", () => {
      clearTimeout(tooLate);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
