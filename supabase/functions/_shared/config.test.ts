import assert from "node:assert/strict";
import { readConfig } from "./config.ts";

const least = {
  DATABASE_URL: "postgresql://postgres@127.0.0.1:5432/postgres",
  SECRETS_KEYS: "k1:AAAA",
};

Deno.test("readConfig() has a default for all but the database and the sealing keys", () => {
  const { secrets, ...settings } = readConfig(least);
  assert.deepEqual(settings, {
    database: { poolSize: 2, prepare: true },
    supabaseUrl: "http://127.0.0.1:54321",
    publishableKey: "",
    appUrl: "http://127.0.0.1:54321",
    jwks: undefined,
    leaseSeconds: 50,
    sweepSeconds: 5,
    toolTestHosts: [],
    turnDeadlineSeconds: 90,
    supersedeLimit: 2,
    supersedeMaxSeconds: 45,
    sendDeadlineSeconds: 15,
    silenceSeconds: 120,
    reopenMinutes: 60,
    meta: { graphBaseUrl: "https://graph.facebook.com", graphVersion: "v26.0" },
  });
  assert.equal(secrets.databaseUrl, least.DATABASE_URL);
});

Deno.test("readConfig() lists every problem at once, and no value", () => {
  const bad = {
    DATABASE_URL: "mysql://root:hunter2@db",
    DATABASE_POOL_SIZE: "many",
    DATABASE_PREPARE: "maybe",
    LEASE_SECONDS: "0",
    META_GRAPH_VERSION: "26",
    SUPABASE_SECRET_KEYS: "sb_secret_hunter2",
    SECRETS_KEYS: "",
  };
  assert.throws(() => readConfig(bad), (error: Error) => {
    for (const name of Object.keys(bad)) {
      assert.match(error.message, new RegExp(`${name}: `));
    }
    assert.doesNotMatch(error.message, /hunter2|many/);
    return true;
  });
});

Deno.test("readConfig() takes all that Web Push needs, or nothing of it", () => {
  const keys = { VAPID_PUBLIC_KEY: "B".repeat(87), VAPID_PRIVATE_KEY: "c".repeat(43) };
  const { push } = readConfig({ ...least, ...keys, VAPID_SUBJECT: "mailto:a@b.test" }).secrets;
  assert.deepEqual(push, {
    keys: { publicKey: keys.VAPID_PUBLIC_KEY, privateKey: keys.VAPID_PRIVATE_KEY },
    subject: "mailto:a@b.test",
  });
  assert.equal(readConfig(least).secrets.push, undefined);
  assert.throws(() => readConfig({ ...least, ...keys }), /VAPID_PUBLIC_KEY: set it, VAPID_PRIVATE_KEY and/);
  assert.throws(
    () => readConfig({ ...least, VAPID_SUBJECT: "us@b.test" }),
    /VAPID_SUBJECT: expected mailto:/,
  );
});

Deno.test("readConfig() asks for a database, and prefers DATABASE_URL", () => {
  assert.throws(
    () => readConfig({ SECRETS_KEYS: "k1:AAAA" }),
    /DATABASE_URL: set it or SUPABASE_DB_URL/,
  );
  const both = { ...least, SUPABASE_DB_URL: "postgresql://other/db" };
  assert.equal(readConfig(both).secrets.databaseUrl, least.DATABASE_URL);
  const hosted = {
    SUPABASE_DB_URL: "postgresql://other/db",
    SECRETS_KEYS: "k1:AAAA",
  };
  assert.equal(readConfig(hosted).secrets.databaseUrl, hosted.SUPABASE_DB_URL);
});

Deno.test("readConfig() prepares statements unless the address is a transaction pooler's or told otherwise", () => {
  const pooler = {
    ...least,
    DATABASE_URL: "postgresql://u:p@pooler.example.com:6543/postgres",
  };
  assert.equal(readConfig(pooler).database.prepare, false);
  assert.equal(
    readConfig({ ...pooler, DATABASE_PREPARE: "true" }).database.prepare,
    true,
  );
  assert.equal(
    readConfig({ ...least, DATABASE_PREPARE: "false" }).database.prepare,
    false,
  );
});

Deno.test("readConfig() reads named secret keys", () => {
  const named = {
    ...least,
    SUPABASE_SECRET_KEYS: '{"default":"one","automations":"two"}',
  };
  assert.deepEqual(readConfig(named).secrets.secretKeys, {
    default: "one",
    automations: "two",
  });
});
