import type { Sql } from "postgres";
import type { Identities } from "./claims.ts";
import type { Hub } from "./hub.ts";

/** What every connection to Realtime needs. */
export interface Services {
  hub: Hub;
  identities: Identities;
  /** Logs in as a role that policies do not hold back. */
  admin: Sql;
  say: (line: string) => void;
}
