import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";

const schema = z.object({
  jwt_secret: z.string().min(32),
  publishable_key: z.string().startsWith("sb_publishable_"),
  secret_key: z.string().startsWith("sb_secret_"),
  automations_key: z.string().startsWith("sb_secret_"),
  secrets_keys: z.string().min(1),
});

/** What hosted Supabase would give a project: made once, so that a restart keeps logins and sealed secrets. */
export type Keys = z.infer<typeof schema>;

/**
 * Reads the keys of `file`, or makes them. Only its owner can read the file.
 *
 * @throws {CannotStart} When the file is not one of ours.
 */
export async function readKeys(file: string): Promise<Keys> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text !== undefined) {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new CannotStart(`Cannot read ${file}: it holds no keys of the platform; delete it to get new ones`);
  }
  const keys = makeKeys();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

/** New keys of the same shapes as hosted ones. */
export function makeKeys(): Keys {
  return {
    jwt_secret: randomBytes(32).toString("hex"),
    publishable_key: `sb_publishable_${randomBytes(18).toString("base64url")}`,
    secret_key: `sb_secret_${randomBytes(24).toString("base64url")}`,
    automations_key: `sb_secret_${randomBytes(24).toString("base64url")}`,
    secrets_keys: `k1:${randomBytes(32).toString("base64")}`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
