import assert from "node:assert/strict";
import { normaliseKeys } from "./project-keys.ts";
import { startGateway } from "./start-gateway.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("startGateway() answers by prefix, and itself where there is nothing", options, async () => {
  const gateway = startGateway(0);
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(gateway.url + path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  assert.equal((await get("/health")).text, '{"status":"starting"}');
  assert.equal((await get("/rest/v1/things")).status, 503);
  gateway.open({
    "/rest/v1/": (request) => Promise.resolve(new Response(new URL(request.url).pathname)),
    "/functions/v1/": () => Promise.reject(new Error("a part that fails")),
  });
  const things = await get("/rest/v1/things", { headers: { origin: "http://elsewhere" } });
  assert.equal(things.text, "/rest/v1/things");
  assert.equal(things.headers.get("access-control-allow-origin"), "*");
  assert.deepEqual([(await get("/rest/v2/x")).status, (await get("/rest/v1x")).status], [404, 404]);
  const logged = console.error;
  console.error = () => {};
  assert.equal((await get("/functions/v1/x")).status, 502);
  console.error = logged;
  const preflight = await get("/rest/v1/things", {
    method: "OPTIONS",
    headers: { "access-control-request-headers": "apikey, x-own" },
  });
  assert.deepEqual([preflight.status, preflight.headers.get("access-control-allow-headers")], [
    204,
    "apikey, x-own",
  ]);
  await gateway.stop();
});

Deno.test("startGateway() passes a stream on as it comes", options, async () => {
  const gateway = startGateway(0);
  let push = (_text: string) => {};
  gateway.open({
    "/functions/v1/": () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => void (push = (text) => controller.enqueue(new TextEncoder().encode(text))),
      });
      return Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
    },
  });
  const response = await fetch(`${gateway.url}/functions/v1/stream`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  push("one");
  assert.equal((await reader.read()).value, "one");
  push("two");
  assert.equal((await reader.read()).value, "two");
  await reader.cancel();
  await gateway.stop();
});

Deno.test("normaliseKeys() leaves opaque keys on apikey only, and knows every secret key", () => {
  const keys = {
    publishable: "sb_publishable_p",
    secret: { default: "sb_secret_d", automations: "sb_secret_a" },
  };
  const headersOf = (headers: Record<string, string>, query = "") =>
    Object.fromEntries(normaliseKeys(new Request(`http://x/${query}`, { headers }), keys).headers);
  const opaque = { apikey: "sb_publishable_p", authorization: "Bearer sb_publishable_p" };
  assert.deepEqual(headersOf(opaque), { apikey: "sb_publishable_p" });
  assert.deepEqual(headersOf({ apikey: "sb_secret_a" }), { apikey: "sb_secret_d" });
  assert.deepEqual(headersOf({}, "?apikey=sb_secret_d"), { apikey: "sb_secret_d" });
  const person = { apikey: "sb_publishable_p", authorization: "Bearer a.b.c" };
  assert.deepEqual(headersOf(person), person);
});
