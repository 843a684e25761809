import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CannotStart } from "@app/local-supabase/mod.ts";
import { makePushKeys } from "@app/push/mod.ts";
import { z } from "zod";

/** What the functions read; the app is told the public key. */
const pushSettings = z.object({
  VAPID_PUBLIC_KEY: z.string().min(1),
  VAPID_PRIVATE_KEY: z.string().min(1),
  VAPID_SUBJECT: z.string().min(1),
});

/** Settings of Web Push, by name of the environment variable. */
type PushSettings = z.infer<typeof pushSettings>;

/** Whoever runs the product on this machine; no push service writes to it. */
const localSubject = "mailto:nobody@example.com";

/**
 * The key pair of this machine: what the environment or `.env` says, else what `file` holds, else a new one, kept there so
 * that browsers which are switched on stay so.
 *
 * @throws {CannotStart} When the file is not one of ours.
 */
export async function readPushKeys(
  file: string,
  environment: Record<string, string | undefined>,
): Promise<PushSettings> {
  const given = pushSettings.safeParse(environment);
  if (given.success) return given.data;
  if (existsSync(file)) {
    const kept = pushSettings.safeParse(JSON.parse(await readFile(file, "utf8").catch(() => "null")));
    if (kept.success) return kept.data;
    throw new CannotStart(`Cannot read ${file}: it holds no push keys; delete it to get new ones`);
  }
  const { publicKey, privateKey } = makePushKeys();
  const made = { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: localSubject };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}
