import assert from "node:assert/strict";
import {
  Conflict,
  Forbidden,
  InvalidInput,
  TooLarge,
  TooManyRequests,
  Unauthorized,
  Unavailable,
} from "@app/contracts/mod.ts";
import { type Handler, serve } from "./serve.ts";
import { readBody } from "./serve-body.ts";

const url = "http://127.0.0.1/probe";

/** Answers with what the handler does, and the lines that were logged meanwhile. */
async function ask(handle: Handler, request = new Request(url), options = {}) {
  const lines: Record<string, unknown>[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(JSON.parse(line));
  try {
    return {
      response: await serve("probe", handle, options).fetch(request),
      lines,
    };
  } finally {
    console.log = log;
  }
}

Deno.test("serve() answers an EngineError with its status, code and message", async () => {
  const errors = [
    new InvalidInput("Cannot read"),
    new Unauthorized("Cannot accept"),
    new Conflict("Cannot take over"),
    new Forbidden("Cannot invite"),
    new TooManyRequests("Cannot do this now", 7),
    new TooLarge("Cannot read"),
    new Unavailable("Cannot reach"),
  ];
  for (const error of errors) {
    const { response } = await ask(() => Promise.reject(error));
    assert.equal(response.status, error.status);
    const { error: told } = await response.json();
    assert.deepEqual([told.code, told.message], [error.code, error.message]);
    assert.equal(response.headers.has("retry-after"), error.retryable);
  }
});

Deno.test("serve() tells nothing of a bug but the id under which it is logged, without its message", async () => {
  const { response, lines } = await ask(() => {
    throw new TypeError('invalid input syntax for type uuid: "Ana, +52155"');
  });
  assert.equal(response.status, 500);
  const { error } = await response.json();
  assert.deepEqual(Object.keys(error).sort(), ["code", "request_id"]);
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.id, error.request_id);
  assert.equal(lines[0]?.level, "error");
  assert.equal(lines[0]?.error, "TypeError");
  assert.match(String(lines[0]?.frames), /serve\.test\.ts/);
  assert.doesNotMatch(JSON.stringify(lines), /Ana|52155/);
});

Deno.test("serve() logs one line per request with what the handler noted", async () => {
  const { response, lines } = await ask((_request, context) => {
    context.note({ stored: 2 });
    return Promise.resolve(new Response("ok"));
  }, new Request(url, { headers: { "x-request-id": "correlation-1" } }));
  assert.equal(response.headers.get("x-request-id"), "correlation-1");
  assert.equal(lines.length, 1);
  const { function: name, id, method, status, stored, level } = lines[0] ?? {};
  assert.deepEqual([name, id, method, status, stored, level], [
    "probe",
    "correlation-1",
    "GET",
    200,
    2,
    "info",
  ]);
});

Deno.test("serve() makes an id of its own where the caller's could forge a log line", async () => {
  const { response } = await ask(
    () => Promise.resolve(new Response()),
    new Request(url, { headers: { "x-request-id": 'a","level":"x' } }),
  );
  assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
});

Deno.test("serve() answers preflights and opens errors to browsers where a function asks for it", async () => {
  const preflight = await ask(
    () => Promise.reject(new Error()),
    new Request(url, { method: "OPTIONS" }),
    {
      cors: true,
    },
  );
  assert.equal(preflight.response.status, 204);
  const refused = await ask(
    () => Promise.reject(new Unauthorized("Cannot")),
    new Request(url),
    {
      cors: true,
    },
  );
  assert.equal(
    refused.response.headers.get("access-control-allow-origin"),
    "*",
  );
  const closed = await ask(() => Promise.resolve(new Response()));
  assert.equal(
    closed.response.headers.get("access-control-allow-origin"),
    null,
  );
});

Deno.test("readBody() gives the bytes as sent, and stops at the limit whether or not the length was announced", async () => {
  const bytes = new Uint8Array([0, 255, 10, 13]);
  assert.deepEqual(
    await readBody(new Request(url, { method: "POST", body: bytes })),
    bytes,
  );
  const chunks = () =>
    new ReadableStream({
      start(controller) {
        for (let i = 0; i < 5; i++) controller.enqueue(new Uint8Array(10));
        controller.close();
      },
    });
  assert.equal(
    (await readBody(new Request(url, { method: "POST", body: chunks() }), 50))
      .length,
    50,
  );
  await assert.rejects(
    readBody(new Request(url, { method: "POST", body: chunks() }), 49),
    TooLarge,
  );
  const announced = new Request(url, {
    method: "POST",
    body: bytes,
    headers: { "content-length": "4000000" },
  });
  await assert.rejects(readBody(announced), TooLarge);
});
