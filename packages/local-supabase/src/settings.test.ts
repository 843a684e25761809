import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { readKeys } from "./keys.ts";
import { readSettings } from "./settings.ts";

Deno.test("readSettings() reads .env, lets the environment win, and names every bad setting without its value", async () => {
  const root = await mkdtemp(join(tmpdir(), "settings-"));
  await writeFile(join(root, ".env"), 'API_PORT=6000\nLEASE_SECONDS="2"\nDATABASE_URL=\n');
  const settings = readSettings(root, { API_PORT: "7000" });
  assert.deepEqual([settings.apiPort, settings.databasePort, settings.databaseUrl], [7000, 54322, undefined]);
  assert.equal(settings.environment.LEASE_SECONDS, "2");
  assert.throws(() => readSettings(root, { API_PORT: "99", DATABASE_URL: "mysql://secret" }), (error) => {
    assert.ok(error instanceof CannotStart);
    assert.match(error.message, /DATABASE_URL .*API_PORT/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  assert.throws(() => readSettings(root, { SECRETS_KEYS: "zz" }), /SECRETS_KEYS/);
  const key = `k1:${"A".repeat(43)}=`;
  assert.equal(readSettings(root, { SECRETS_KEYS: key }).secretsKeys, key);
  await rm(root, { recursive: true });
});

Deno.test("readKeys() makes keys once, for their owner only, and refuses a file that is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "keys-"));
  const file = join(folder, "keys.json");
  const made = await readKeys(file);
  assert.deepEqual(await readKeys(file), made);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal(JSON.parse(await readFile(file, "utf8")).jwt_secret.length, 64);
  await writeFile(file, "{}");
  await assert.rejects(readKeys(file), CannotStart);
  await rm(folder, { recursive: true });
});
