import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { CannotStart } from "@app/local-supabase/mod.ts";

/** Where this start keeps its data, and who plays Meta. */
export interface Places {
  /** Default `.local` in the project; `LOCAL_FOLDER` names another. */
  folder: string;
  /** Where replies are posted: the simulator, unless `META_GRAPH_BASE_URL` says otherwise. */
  graphUrl: string;
  /** Absent when replies go to the address of `META_GRAPH_BASE_URL`: then no simulator is started. */
  simulatorPort?: number;
  /** Of the agent app; default 54340, `AGENT_APP_PORT` names another. */
  agentAppPort: number;
  /** Where links of invitations lead: `AGENT_APP_URL`, or the agent app of this start. */
  agentAppUrl: string;
  /** Everything in `.env`, and what the environment says about the same names. */
  values: Record<string, string | undefined>;
}

/** Reads them from the environment and `.env`. @throws {CannotStart} When a port is not one. */
export function readPlaces(root: string, environment: Record<string, string>): Places {
  const file = join(root, ".env");
  const values = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...environment };
  const folder = resolve(root, values.LOCAL_FOLDER || ".local");
  const agentAppPort = portOf(values, "AGENT_APP_PORT", 54340);
  const agentAppUrl = values.AGENT_APP_URL || `http://127.0.0.1:${agentAppPort}`;
  if (values.META_GRAPH_BASE_URL) {
    return { folder, agentAppPort, agentAppUrl, values, graphUrl: values.META_GRAPH_BASE_URL };
  }
  const simulatorPort = portOf(values, "SIMULATOR_PORT", 54330);
  return {
    folder,
    agentAppPort,
    agentAppUrl,
    values,
    graphUrl: `http://127.0.0.1:${simulatorPort}`,
    simulatorPort,
  };
}

function portOf(values: Record<string, string | undefined>, name: string, byDefault: number): number {
  const port = Number(values[name] || byDefault);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new CannotStart(`Cannot start, ${name} in .env is not a port from 1024 to 65535`);
  }
  return port;
}
