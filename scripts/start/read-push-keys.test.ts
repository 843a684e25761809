import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStart } from "@app/local-supabase/mod.ts";
import { readPushKeys } from "./read-push-keys.ts";

Deno.test("readPushKeys() makes a pair once, for its owner only, and takes what the settings name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "push-keys-"));
  const file = join(folder, "new", "push-keys.json");
  const made = await readPushKeys(file, {});
  assert.match(made.VAPID_PUBLIC_KEY, /^[\w-]{87}$/);
  assert.match(made.VAPID_PRIVATE_KEY, /^[\w-]{43}$/);
  assert.deepEqual(await readPushKeys(file, {}), made);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const own = { VAPID_PUBLIC_KEY: "a", VAPID_PRIVATE_KEY: "b", VAPID_SUBJECT: "mailto:a@b.test" };
  assert.deepEqual(await readPushKeys(file, own), own);
  await writeFile(file, "{}");
  await assert.rejects(readPushKeys(file, {}), CannotStart);
  await rm(folder, { recursive: true });
});
