/**
 * Connections that keep to their tenants. A backend plans and remembers every statement for each tenant that it serves;
 * when each serves its own few, that is done once per tenant, and what is remembered stays small and near.
 */

/** How many calls wait behind each other at a tenant's own connection before the least busy one helps. */
const patience = 3;

/** Gives work to connections. */
export interface Lanes<Connection> {
  /**
   * Runs `work` on the connection of `key`, or on one that has much less to do.
   *
   * @param kind `call`: one statement, which a connection runs in turn with others. `transaction`: holds its connection
   * until it ends, so that a free one is taken wherever there is one.
   */
  run<T>(
    key: string,
    kind: "call" | "transaction",
    work: (connection: Connection) => Promise<T>,
  ): Promise<T>;
}

interface Lane<Connection> {
  connection: Connection;
  /** Work that was given and has not ended. */
  load: number;
}

/**
 * Spreads keys over connections, each key to the next in turn when it is first seen.
 *
 * @param connections At least one.
 */
export function openLanes<Connection>(connections: readonly Connection[]): Lanes<Connection> {
  const lanes = connections.map((connection): Lane<Connection> => ({ connection, load: 0 }));
  const homes = new Map<string, Lane<Connection>>();

  function homeOf(key: string): Lane<Connection> {
    const known = homes.get(key);
    if (known !== undefined) return known;
    const home = lanes[homes.size % lanes.length];
    if (home === undefined) throw new Error("Cannot run: there are no connections");
    homes.set(key, home);
    return home;
  }

  function choose(key: string, kind: "call" | "transaction"): Lane<Connection> {
    const home = homeOf(key);
    if (home.load === 0) return home;
    const least = lanes.reduce((least, lane) => lane.load < least.load ? lane : least, home);
    return home.load - least.load > (kind === "call" ? patience : 0) ? least : home;
  }

  return {
    async run(key, kind, work) {
      const lane = choose(key, kind);
      lane.load++;
      try {
        return await work(lane.connection);
      } finally {
        lane.load--;
      }
    },
  };
}
