import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { CheckedCall } from "@app/sales-engine/mod.ts";
import { checkTarget, TargetRefused } from "./check-target.ts";
import { fillRequest } from "./fill-request.ts";
import { type HttpTool, httpTools } from "./http-tools.ts";
import { sendRequest, type ToolRequest } from "./send-request.ts";

const cases: { refused: string[]; allowed: string[] } = JSON.parse(
  readFileSync(new URL("./testdata/targets.json", import.meta.url), "utf8"),
);

/** Names that answer with the address in them: `a-127-0-0-1.test` and `a-v6-fd00--1.test`. */
function resolveByName(hostname: string): Promise<string[]> {
  const found = [...hostname.matchAll(/(?:^|\.)a-(v6-)?([0-9a-f.-]+?)(?=\.)/g)].map(([, six, address = ""]) =>
    address.replaceAll("-", six ? ":" : ".")
  );
  return found.length > 0 ? Promise.resolve(found) : Promise.reject(new Error("ENOTFOUND"));
}

const { signal } = new AbortController();
const call = (name: string, input: Record<string, unknown> = {}): CheckedCall => ({
  name,
  input,
  idempotencyKey: "session/message/tool/0a1b",
});

function tool(changes: Partial<HttpTool> = {}): HttpTool {
  return {
    name: "find_order",
    description: "Finds an order.",
    parameters: { type: "object" },
    urlTemplate: "https://a-93-184-216-34.test/orders/{id}",
    method: "GET",
    secretHeaders: {},
    ...changes,
  };
}

Deno.test("httpTools() makes no connection for 200 targets that are not the open internet", async () => {
  assert.ok(cases.refused.length >= 200, `${cases.refused.length} cases`);
  const connected: string[] = [];
  for (const urlTemplate of cases.refused) {
    const tools = httpTools([tool({ urlTemplate })], {
      resolve: resolveByName,
      testHosts: [],
      send: ({ target }) => {
        connected.push(`${urlTemplate} → ${target.address}`);
        return Promise.resolve({ status: 200, contentType: "text/plain", text: "in" });
      },
    });
    const answer = await tools.call(call("find_order"), signal);
    assert.ok(answer.isError && /^refused: /.test(answer.text), `${urlTemplate}: ${answer.text}`);
  }
  assert.deepEqual(connected, []);
});

Deno.test("checkTarget() lets the open internet through", async () => {
  for (const url of cases.allowed) {
    const target = await checkTarget(url, { resolve: resolveByName, testHosts: [] });
    assert.equal(target.port, 443, url);
  }
});

Deno.test("httpTools() connects to the address that was checked, however the name answers later", async () => {
  const answers = [["93.184.216.34"], ["127.0.0.1"], ["169.254.169.254"]];
  const connected: string[] = [];
  const tools = httpTools([tool({ urlTemplate: "https://rebinding.test/x" })], {
    resolve: () => Promise.resolve(answers.shift() ?? []),
    testHosts: [],
    send: ({ target }) => {
      connected.push(target.address);
      return Promise.resolve({ status: 200, contentType: "application/json", text: "{}" });
    },
  });
  await tools.call(call("find_order"), signal);
  const second = await tools.call(call("find_order"), signal);
  assert.equal(second.isError, true);
  assert.deepEqual(connected, ["93.184.216.34"]);
  const both = { resolve: () => Promise.resolve(["93.184.216.34", "10.0.0.1"]), testHosts: [] };
  await assert.rejects(() => checkTarget("https://both.test/", both), TargetRefused);
});

Deno.test("fillRequest() keeps every value in its place", () => {
  const shape = { urlTemplate: "https://shop.test/orders/{id}?by={by}", method: "GET" as const };
  assert.deepEqual(fillRequest(shape, { id: "../../admin?x=1#y", by: "a&b=c", more: ["é"] }), {
    url: "https://shop.test/orders/..%2F..%2Fadmin%3Fx%3D1%23y?by=a%26b%3Dc&more=%5B%22%C3%A9%22%5D",
  });
  const dots = fillRequest(shape, { id: "..", by: "x" }).url;
  assert.equal(new URL(dots).pathname.startsWith("/orders/"), true);
  assert.deepEqual(
    fillRequest({ ...shape, method: "POST" }, { id: 7, by: "x", note: "n", none: undefined }),
    {
      url: "https://shop.test/orders/7?by=x",
      body: '{"note":"n"}',
    },
  );
  assert.throws(() => fillRequest(shape, { by: "x" }), /"id" is missing/);
  for (const urlTemplate of ["https://{host}/x", "https://shop.test{id}/x", "https:\\\\{id}/x", "{id}"]) {
    assert.throws(() => new URL(fillRequest({ ...shape, urlTemplate }, { host: "h", id: "i" }).url));
  }
});

/** A service of a tenant on this machine that does what it is asked for. */
function startService() {
  const seen: { method: string; path: string; headers: Headers; body: string }[] = [];
  const stopped = Promise.withResolvers<Response>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(),
  }, async (request) => {
    const { pathname, search } = new URL(request.url);
    seen.push({
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: await request.text(),
    });
    switch (pathname) {
      case "/hang":
        return await stopped.promise;
      case "/huge":
        return new Response("x".repeat(10_000_000), { headers: { "content-type": "text/plain" } });
      case "/html":
        return new Response("<html>secret page</html>", { headers: { "content-type": "text/html" } });
      case "/binary":
        return new Response(new Uint8Array([0, 159, 146]), { headers: { "content-type": "image/png" } });
      case "/redirect":
        return new Response(null, {
          status: 302,
          headers: { location: "http://169.254.169.254/latest/meta-data" },
        });
      case "/missing":
        return Response.json({ error: "no such order" }, { status: 404 });
      case "/broken":
        return new Response("oops", { status: 500 });
      case "/empty":
        return new Response(null, { status: 204 });
      default:
        return Response.json({ status: "shipped" });
    }
  });
  const host = `127.0.0.1:${server.addr.port}`;
  return {
    host,
    seen,
    stop: async () => {
      stopped.resolve(new Response(null, { status: 503 }));
      await server.shutdown();
    },
  };
}

Deno.test("httpTools() reads what a service may answer, and bounds the rest", async () => {
  const service = startService();
  const open = { resolve: resolveByName, testHosts: [service.host], send: sendRequest };
  const ask = (path: string, changes: Partial<HttpTool> = {}, input = {}, limit = signal) =>
    httpTools([tool({ urlTemplate: `http://${service.host}${path}`, ...changes })], open)
      .call(call("find_order", input), limit);
  try {
    const headers = { "x-api-key": "a-secret-of-the-shop" };
    const posted = await ask("/orders/{id}", { method: "POST", secretHeaders: headers }, {
      id: "A 1",
      note: "ñ",
    });
    assert.deepEqual(posted, { text: '{"status":"shipped"}' });
    const [first] = service.seen;
    assert.deepEqual([first?.method, first?.path, first?.body], ["POST", "/orders/A%201", '{"note":"ñ"}']);
    assert.equal(first?.headers.get("x-api-key"), "a-secret-of-the-shop");
    assert.equal(first?.headers.get("idempotency-key"), "session/message/tool/0a1b");
    assert.equal(first?.headers.get("host"), service.host);
    assert.deepEqual(await ask("/empty"), { text: "done" });
    assert.deepEqual(await ask("/missing"), {
      text: 'error: status 404: {"error":"no such order"}',
      isError: true,
    });
    for (const path of ["/html", "/binary", "/redirect"]) {
      const answer = await ask(path);
      assert.equal(answer.isError, true, path);
      assert.ok(!answer.text.includes("secret page"));
    }
    for (const path of ["/huge", "/broken"]) await assert.rejects(() => ask(path), /Cannot get an answer/);
    await assert.rejects(() => ask("/hang", {}, {}, AbortSignal.timeout(200)), /Cannot get an answer|time/);
    assert.deepEqual(service.seen.filter(({ path }) => path.includes("meta-data")), []);
  } finally {
    await service.stop();
  }
});

Deno.test("sendRequest() speaks TLS to the name and connects to the address", async () => {
  const request: ToolRequest = {
    target: { url: new URL("https://nobody-has-this.test/x"), address: "127.0.0.1", port: 1 },
    method: "GET",
    headers: {},
  };
  await assert.rejects(() => sendRequest(request, signal), /the connection failed/);
  await assert.rejects(() => sendRequest(request, AbortSignal.abort()), /its time is over/);
});
