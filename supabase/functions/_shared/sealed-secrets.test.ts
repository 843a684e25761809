import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import {
  channelSecretContext,
  metaAppContext,
  open,
  readSecretKeys,
  seal,
  SecretStaysSealed,
} from "./sealed-secrets.ts";

const first = `k1:${randomBytes(32).toString("base64")}`;
const second = `k2:${randomBytes(32).toString("base64")}`;
const keys = readSecretKeys(first);
const context = channelSecretContext("0b6c3f64-4b43-4ab0-8b7e-2f6a3a2f5a11", "access_token");

Deno.test("open() gives back what seal() took", () => {
  for (const text of ["", "EAAG…ñ🔑", "x".repeat(5000)]) {
    assert.equal(open(seal(text, keys, context), keys, context), text);
  }
});

Deno.test("seal() never gives the same bytes twice and hides the text", () => {
  const [one, other] = [seal("token", keys, context), seal("token", keys, context)];
  assert.notDeepEqual(one.nonce, other.nonce);
  assert.notDeepEqual(one.ciphertext, other.ciphertext);
  assert.ok(!Buffer.from(one.ciphertext).includes("token"));
});

Deno.test("open() refuses a secret with any bit changed", () => {
  const sealed = seal("token", keys, context);
  for (let at = 0; at < sealed.ciphertext.length; at++) {
    const ciphertext = Buffer.from(sealed.ciphertext);
    ciphertext[at] = (ciphertext[at] ?? 0) ^ 1;
    assert.throws(() => open({ ...sealed, ciphertext }, keys, context), SecretStaysSealed);
  }
});

Deno.test("open() refuses a secret that is cut short", () => {
  const sealed = seal("token", keys, context);
  for (const length of [0, 15, 16, sealed.ciphertext.length - 1]) {
    const ciphertext = sealed.ciphertext.subarray(0, length);
    assert.throws(() => open({ ...sealed, ciphertext }, keys, context), SecretStaysSealed);
  }
  assert.throws(() => open({ ...sealed, nonce: sealed.nonce.subarray(1) }, keys, context), SecretStaysSealed);
});

Deno.test("open() refuses a secret that was moved to another row", () => {
  const sealed = seal("token", keys, metaAppContext("1", "secret"));
  assert.throws(() => open(sealed, keys, metaAppContext("2", "secret")), SecretStaysSealed);
  assert.throws(() => open(sealed, keys, metaAppContext("1", "verify_token")), SecretStaysSealed);
});

Deno.test("open() refuses a key that it does not know, and another key under the same id", () => {
  const sealed = seal("token", keys, context);
  assert.throws(() => open(sealed, readSecretKeys(second), context), /Cannot use key "k1"/);
  const impostor = readSecretKeys(second.replace("k2:", "k1:"));
  assert.throws(() => open(sealed, impostor, context), SecretStaysSealed);
});

Deno.test("readSecretKeys() seals with the first key and opens with all", () => {
  const old = seal("token", keys, context);
  const rotated = readSecretKeys(`${second}, ${first}`);
  assert.equal(open(old, rotated, context), "token");
  assert.equal(seal("token", rotated, context).keyId, "k2");
});

Deno.test("readSecretKeys() names what is wrong without showing a key", () => {
  const short = randomBytes(16).toString("base64");
  assert.throws(() => readSecretKeys(""), /entry 1 is not "<id>:<base64>"/);
  assert.throws(() => readSecretKeys(`${first},nonsense`), /entry 2 is not/);
  assert.throws(() => readSecretKeys(`k1:${short}`), /key "k1" has 16 bytes, not 32/);
  assert.throws(() => readSecretKeys(`${first},${first}`), /key "k1" is there twice/);
  assert.throws(
    () => readSecretKeys(`k1:${short}`),
    (error: unknown) => error instanceof Error && !error.message.includes(short),
  );
});
