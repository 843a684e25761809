import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { type Config, readConfig } from "../../functions/_shared/config.ts";
import { type OpenDatabase, openDatabase } from "../../functions/_shared/database.ts";
import { openRateLimits, type RateLimits } from "../../functions/_shared/rate-limits.ts";
import { readSecretKeys, type SecretKeys } from "../../functions/_shared/sealed-secrets.ts";
import { type Handler, serve } from "../../functions/_shared/serve.ts";
import { type Stage, startStage } from "./stage.ts";

/** A stage, and what functions for people need to run on it. */
export interface MemberWorld extends Stage {
  database: Stage["database"];
  ports: {
    database: OpenDatabase;
    limits: RateLimits;
    settings: Config;
    keys: SecretKeys;
  };
  /** A token of a person, valid for five minutes. */
  tokenOf(user: string): Promise<string>;
  /** Posts to a handler as the platform would; what it logs is kept in {@linkcode MemberWorld.lines}. */
  post(handle: Handler, token: string | undefined, body: unknown): Promise<Answer>;
  /** Every log line so far, as text. */
  lines: string[];
}

/** What came back. */
interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
  /** As it came. */
  text: string;
}

/** The secret that signs tokens on the stage. */
const jwtSecret = "a-secret-of-this-stage-that-signs-tokens-0123456789";

/** Starts a stage for functions that people call. */
export async function startMemberWorld(): Promise<MemberWorld> {
  const stage = await startStage();
  const database = openDatabase({ url: stage.database.url, poolSize: 4, prepare: true });
  const lines: string[] = [];
  const sealing = `k1:${randomBytes(32).toString("base64")}`;
  return {
    ...stage,
    lines,
    ports: {
      database,
      limits: openRateLimits(database),
      settings: readConfig({
        DATABASE_URL: stage.database.url,
        SECRETS_KEYS: sealing,
        JWT_SECRET: jwtSecret,
      }),
      keys: readSecretKeys(sealing),
    },
    tokenOf: (user) => signToken({ sub: user, role: "authenticated" }),
    async post(handle, token, body) {
      const { log } = console;
      console.log = (line: string) => void lines.push(line);
      try {
        const response = await serve("test", handle).fetch(
          new Request("http://127.0.0.1/test", {
            method: "POST",
            headers: {
              "content-type": "application/json",
              ...(token && { authorization: `Bearer ${token}` }),
            },
            body: JSON.stringify(body),
          }),
        );
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: JSON.parse(text || "{}"), text };
      } finally {
        console.log = log;
      }
    },
    async stop() {
      await database.close();
      await stage.stop();
    },
  };
}

/** Signs a token as Auth does, or as somebody else would. */
export function signToken(
  claims: Record<string, unknown>,
  { secret = jwtSecret, expires = "5m" }: { secret?: string; expires?: string | number } = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).setAudience("authenticated")
    .setIssuedAt().setExpirationTime(expires).sign(new TextEncoder().encode(secret));
}
