import assert from "node:assert/strict";
import { Unavailable } from "@app/contracts/mod.ts";
import { importJWK, SignJWT } from "jose";
import { openWebPush } from "./open-web-push.ts";
import { makePushKeys } from "./push-keys.ts";
import { startPushService } from "./testing/push-service-double.ts";

const keys = makePushKeys();
const subject = "mailto:people@example.com";
const travel = { ttlSeconds: 600, urgency: "high" as const, topic: "conversation-1" };
const signal = AbortSignal.timeout(30_000);

async function target(double: ReturnType<typeof startPushService>, publicKey = keys.publicKey) {
  const { endpoint, keys } = await double.subscribe(publicKey);
  return { endpoint, ...keys };
}

Deno.test("send() is opened by the browser that subscribed, and by the service believed", async () => {
  const double = startPushService();
  const browser = await target(double);
  const text = JSON.stringify({ kind: "request", name: "Ñandú 👋🏽" });
  assert.equal(await openWebPush({ keys, subject }).send(browser, text, travel, signal), "accepted");
  assert.deepEqual(double.received, [
    { endpoint: browser.endpoint, text, ttlSeconds: 600, urgency: "high", topic: "conversation-1" },
  ]);
  assert.deepEqual(double.refusals, []);
  await double.stop();
});

Deno.test("send() tells what is gone, what is refused, and what is worth another try", async () => {
  const double = startPushService();
  const browser = await target(double);
  const push = openWebPush({ keys, subject });
  double.unsubscribe(browser.endpoint);
  assert.equal(await push.send(browser, "{}", travel, signal), "gone");
  const never = { ...browser, endpoint: `${double.origin}/push/unknown` };
  assert.equal(await push.send(never, "{}", travel, signal), "gone");
  const other = await target(double);
  for (const status of [429, 500, 503]) {
    double.answerWith(status);
    await assert.rejects(push.send(other, "{}", travel, signal), Unavailable);
  }
  double.answerWith(302);
  assert.equal(await push.send(other, "{}", travel, signal), "refused_302");
  await double.stop();
  await assert.rejects(push.send(other, "{}", travel, signal), Unavailable);
});

Deno.test("the double refuses what real services refuse", async () => {
  const double = startPushService();
  const browser = await target(double);
  const refused = async (options: Partial<Parameters<typeof openWebPush>[0]>, to = browser) =>
    await openWebPush({ keys, subject, ...options }).send(to, "{}", travel, signal);
  assert.equal(await refused({ keys: makePushKeys() }), "refused_403");
  const [token, sendChanged] = [
    { value: "" },
    (change: (headers: Headers) => void): typeof fetch => (url, init) => {
      const headers = new Headers(init?.headers);
      change(headers);
      return fetch(url, { ...init, headers });
    },
  ];
  const signed = async (claims: { aud: string; exp: number; sub?: string }) => {
    const bytes = Uint8Array.fromBase64(keys.publicKey, { alphabet: "base64url" });
    const half = (from: number) =>
      bytes.slice(from, from + 32).toBase64({ alphabet: "base64url", omitPadding: true });
    const jwk = { kty: "EC", crv: "P-256", x: half(1), y: half(33), d: keys.privateKey };
    token.value = await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(
      await importJWK(jwk, "ES256"),
    );
    return sendChanged((headers) =>
      headers.set("authorization", `vapid t=${token.value}, k=${keys.publicKey}`)
    );
  };
  const now = Math.floor(Date.now() / 1000);
  const sound = { aud: double.origin, exp: now + 3600, sub: subject };
  assert.equal(await refused({ fetch: await signed(sound) }), "accepted");
  assert.equal(
    await refused({ fetch: await signed({ ...sound, aud: "https://fcm.googleapis.com" }) }),
    "refused_403",
  );
  assert.equal(await refused({ fetch: await signed({ ...sound, exp: now - 10 }) }), "refused_403");
  assert.equal(await refused({ fetch: await signed({ ...sound, exp: now + 90_000 }) }), "refused_403");
  assert.equal(await refused({ fetch: await signed({ aud: sound.aud, exp: sound.exp }) }), "refused_403");
  assert.equal(await refused({ fetch: sendChanged((headers) => headers.delete("ttl")) }), "refused_400");
  const aesgcm = sendChanged((headers) => headers.set("content-encoding", "aesgcm"));
  assert.equal(await refused({ fetch: aesgcm }), "refused_400");
  const forAnother = { ...browser, auth: (await target(double)).auth };
  assert.equal(await refused({}, forAnother), "refused_400");
  assert.match(double.refusals.at(-1) ?? "", /cannot be opened/);
  const long = openWebPush({ keys, subject }).send(browser, "x".repeat(4_050), travel, signal);
  assert.equal(await long, "refused_413");
  assert.equal(double.received.length, 1);
  await double.stop();
});
