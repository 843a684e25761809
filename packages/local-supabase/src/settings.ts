import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";

const port = z.coerce.number().int().min(1024).max(65535);

/** The ring of keys that seals stored secrets; 32 bytes are 43 characters of base64 and one of padding. */
const secretKeys = /^\s*[a-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=(\s*,\s*[a-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=)*\s*$/;

/** What the platform itself reads; the functions check the rest. Sources: the environment, then `.env`. */
const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "expected postgresql://…").optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).optional(),
  DATABASE_PREPARE: z.enum(["true", "false"]).optional(),
  API_PORT: port.default(54321),
  DATABASE_PORT: port.default(54322),
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(60).default(5),
  SECRETS_KEYS: z.string().regex(secretKeys, "expected <id>:<32 bytes in base64>, several parted by commas")
    .optional(),
});

/** The settings of one platform. */
export interface Settings {
  /** A real Postgres; PGlite when absent. */
  databaseUrl?: string;
  /** Connections of the functions; depends on the database when absent. */
  poolSize?: number;
  prepare?: "true" | "false";
  apiPort: number;
  /** Of the gate in front of PGlite. */
  databasePort: number;
  sweepSeconds: number;
  secretsKeys?: string;
  /** Everything in `.env`, and what the environment says about the same names; passed to the functions. */
  environment: Record<string, string>;
}

/**
 * Reads `.env` of `root` and the environment, which wins. An empty value counts as absent.
 *
 * @throws {CannotStart} Naming every bad setting, without its value.
 */
export function readSettings(root: string, environment: Record<string, string>): Settings {
  const file = join(root, ".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  const values = Object.fromEntries(
    Object.entries({ ...fromFile, ...environment }).filter(([, value]) => value !== ""),
  );
  const result = schema.safeParse(values);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`);
    throw new CannotStart(`Cannot start, settings in .env are wrong: ${problems.join(", ")}`);
  }
  const settings = result.data;
  return {
    databaseUrl: settings.DATABASE_URL,
    poolSize: settings.DATABASE_POOL_SIZE,
    prepare: settings.DATABASE_PREPARE,
    apiPort: settings.API_PORT,
    databasePort: settings.DATABASE_PORT,
    sweepSeconds: settings.SWEEP_SECONDS,
    secretsKeys: settings.SECRETS_KEYS,
    environment: Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  };
}
