import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import {
  channelSecretContext,
  open,
  readSecretKeys,
  SecretStaysSealed,
} from "../../supabase/functions/_shared/sealed-secrets.ts";
import { resealSecrets } from "./reseal.ts";
import { seedDemo } from "./seed-demo.ts";

const older = `k1:${randomBytes(32).toString("base64")}`;
const newer = `k2:${randomBytes(32).toString("base64")}`;
let database: TestDatabase;
Deno.test.beforeAll(async () => {
  database = await startTestDatabase();
  await seedDemo({ databaseUrl: database.url, secretsKeys: older });
});
Deno.test.afterAll(() => database.stop());

const keyIds = async () => {
  const rows = await database.sql<{ id: string }[]>`
    select secret_key_id as id from private.meta_apps union all select verify_token_key_id from private.meta_apps
    union all select key_id from private.channel_secrets`;
  return rows.map((row) => row.id);
};

Deno.test("resealSecrets() without the older key changes nothing and says so", async () => {
  await assert.rejects(resealSecrets(database.sql, readSecretKeys(newer)), SecretStaysSealed);
  assert.deepEqual(await keyIds(), ["k1", "k1", "k1", "k1"]);
});

Deno.test("resealSecrets() seals with the newer key, once, so that the older one can go", async () => {
  const ring = readSecretKeys(`${newer},${older}`);
  assert.equal(await resealSecrets(database.sql, ring), 4);
  assert.deepEqual(await keyIds(), ["k2", "k2", "k2", "k2"]);
  assert.equal(await resealSecrets(database.sql, ring), 0);
  const [row] = await database.sql`
    select config_id as "configId", key_id as "keyId", nonce, ciphertext from private.channel_secrets s
    join public.client_configs c on c.id = s.config_id where c.channel_id = '200000000000001'`;
  assert.ok(row);
  const sealed = { keyId: row.keyId, nonce: row.nonce, ciphertext: row.ciphertext };
  assert.equal(
    open(sealed, readSecretKeys(newer), channelSecretContext(row.configId, "access_token")),
    "demo-access-token-of-carton",
  );
});
