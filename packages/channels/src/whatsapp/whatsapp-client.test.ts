import assert from "node:assert/strict";
import { createServer } from "node:http";
import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import { serveGraph } from "../testing/serve-graph.ts";
import { toGraphMessage } from "./outbound/to-graph-message.ts";
import { whatsappClient } from "./whatsapp-client.ts";

const accessToken = "EAAGm0PX4ZCpsBAKZCsecret";
const connection = { version: "v26.0", phoneNumberId: "106540352242922", accessToken, fetch };
const hello = toGraphMessage(
  { type: "text", text: "¡Hola!" },
  { kind: "phone", externalId: "5215512345678" },
  {
    callbackData: "0b4f8ff1-62f5-4ea0-8b7c-3a0c0a4f8d11",
  },
);

Deno.test("send() POSTs the message to its number with the token, once", async () => {
  const requests: { method: string; path: string; token: string | null; body: unknown }[] = [];
  await using graph = serveGraph(async (request) => {
    const { pathname } = new URL(request.url);
    const token = request.headers.get("authorization");
    requests.push({ method: request.method, path: pathname, token, body: await request.json() });
    return Response.json({ messages: [{ id: "wamid.a" }] });
  });
  const client = whatsappClient({ ...connection, baseUrl: graph.url });
  assert.deepEqual(await client.send(hello, seconds(5)), { kind: "accepted", externalId: "wamid.a" });
  assert.deepEqual(requests, [{
    method: "POST",
    path: "/v26.0/106540352242922/messages",
    token: `Bearer ${accessToken}`,
    body: hello,
  }]);
});

Deno.test("send() tells a refusal of Graph, with the pause that it asks for", async () => {
  await using graph = serveGraph(() =>
    Response.json({ error: { message: "(#131056) Pair rate limit hit", code: 131056 } }, {
      status: 429,
      headers: { "retry-after": "12" },
    })
  );
  assert.deepEqual(await whatsappClient({ ...connection, baseUrl: graph.url }).send(hello, seconds(5)), {
    kind: "refused",
    code: 131056,
    action: "wait",
    retryAfterMs: 12_000,
    title: "Too many messages to the same person",
    effect: "slow_recipient",
  });
});

Deno.test("send() knows nothing when no answer comes in time", async () => {
  const waiting = Promise.withResolvers<Response>();
  await using graph = serveGraph(() => waiting.promise);
  const outcome = await whatsappClient({ ...connection, baseUrl: graph.url }).send(
    hello,
    AbortSignal.timeout(50),
  );
  waiting.resolve(new Response());
  assert.deepEqual(outcome, { kind: "unknown", why: "no_answer_in_time" });
});

Deno.test("send() knows nothing when the answer stops in the middle", async () => {
  await using graph = serveGraph(() =>
    new Response(new ReadableStream({ start: (body) => body.enqueue(encode("{")) }))
  );
  const outcome = await whatsappClient({ ...connection, baseUrl: graph.url }).send(
    hello,
    AbortSignal.timeout(50),
  );
  assert.deepEqual(outcome, { kind: "unknown", why: "no_answer_in_time" });
});

Deno.test("send() knows nothing when the connection breaks", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const broken = breakFirst(listener);
  const baseUrl = `http://127.0.0.1:${listener.addr.port}`;
  const outcome = await whatsappClient({ ...connection, baseUrl }).send(hello, seconds(5));
  await broken;
  assert.deepEqual(outcome, { kind: "unknown", why: "connection_lost" });
});

Deno.test("send() does not POST again by itself when a connection that was kept open is reset", async () => {
  let posts = 0;
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => {
      posts += 1;
      if (posts === 1) outgoing.end(JSON.stringify({ messages: [{ id: "wamid.a" }] }));
      else incoming.socket.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const client = whatsappClient({ ...connection, baseUrl: `http://127.0.0.1:${port}` });
  assert.equal((await client.send(hello, seconds(5))).kind, "accepted");

  const outcome = await client.send(hello, seconds(5));

  assert.deepEqual([outcome, posts], [{ kind: "unknown", why: "connection_lost" }, 2]);
  server.closeAllConnections();
  server.close();
});

Deno.test("send() knows nothing after a page of a proxy, an endless answer, or nonsense", async () => {
  const answers: [Response, string][] = [
    [new Response("<html>502 Bad Gateway</html>", { status: 502 }), "unreadable_answer"],
    [new Response("x".repeat(1_000_000), { status: 200 }), "unreadable_answer"],
    [new Response("<html>Welcome</html>", { status: 200 }), "accepted_without_id"],
    [new Response(null, { status: 204 }), "accepted_without_id"],
  ];
  for (const [answer, why] of answers) {
    await using graph = serveGraph(() => answer);
    const client = whatsappClient({ ...connection, baseUrl: graph.url });
    assert.deepEqual(await client.send(hello, seconds(5)), { kind: "unknown", why });
  }
});

Deno.test("send() follows no redirect, which would take the token elsewhere", async () => {
  let strangerCalls = 0;
  await using stranger = serveGraph(() => {
    strangerCalls += 1;
    return Response.json({ messages: [{ id: "wamid.stolen" }] });
  });
  await using graph = serveGraph(() => Response.redirect(stranger.url, 307));
  const outcome = await whatsappClient({ ...connection, baseUrl: graph.url }).send(hello, seconds(5));
  assert.equal(outcome.kind, "refused");
  assert.equal(strangerCalls, 0);
});

Deno.test("send() sends nothing when its signal has fired before", async () => {
  let calls = 0;
  await using graph = serveGraph(() => {
    calls += 1;
    return Response.json({ messages: [{ id: "wamid.a" }] });
  });
  const client = whatsappClient({ ...connection, baseUrl: graph.url });
  await assert.rejects(() => client.send(hello, AbortSignal.abort(new Error("stopping"))), /stopping/);
  assert.equal(calls, 0);
});

Deno.test("markRead() shows the ticks, and the typing if asked", async () => {
  const bodies: unknown[] = [];
  await using graph = serveGraph(async (request) => {
    bodies.push(await request.json());
    return Response.json({ success: true });
  });
  const client = whatsappClient({ ...connection, baseUrl: graph.url });
  await client.markRead("wamid.a", { typing: false }, seconds(5));
  await client.markRead("wamid.b", { typing: true }, seconds(5));
  const read = { messaging_product: "whatsapp", status: "read" };
  assert.deepEqual(bodies, [
    { ...read, message_id: "wamid.a" },
    { ...read, message_id: "wamid.b", typing_indicator: { type: "text" } },
  ]);
});

Deno.test("markRead() fails when Graph does not confirm", async () => {
  await using graph = serveGraph(() => Response.json({ error: { code: 131000 } }, { status: 500 }));
  const client = whatsappClient({ ...connection, baseUrl: graph.url });
  await assert.rejects(() => client.markRead("wamid.a", { typing: false }, seconds(5)), Unavailable);
});

Deno.test("getMedia() asks in the name of the number, and reads sizes of both forms", async () => {
  const sizes = [1234, "1234"];
  const asked: string[] = [];
  await using graph = serveGraph((request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(pathname + search);
    return Response.json({
      url: "https://lookaside.fbsbx.com/a",
      mime_type: "audio/ogg",
      sha256: "x",
      file_size: sizes.shift(),
    });
  });
  const client = whatsappClient({ ...connection, baseUrl: `${graph.url}/` });
  const location = {
    url: "https://lookaside.fbsbx.com/a",
    mimeType: "audio/ogg",
    sha256: "x",
    sizeBytes: 1234,
  };
  assert.deepEqual(await client.getMedia("19086", seconds(5)), location);
  assert.deepEqual(await client.getMedia("19086", seconds(5)), location);
  assert.equal(asked[0], "/v26.0/19086?phone_number_id=106540352242922");
});

Deno.test("getMedia() tells a file that is gone from a provider that is down", async () => {
  await using graph = serveGraph((request) =>
    request.url.includes("/1?")
      ? Response.json({ error: { code: 100, error_subcode: 33 } }, { status: 400 })
      : new Response("<html>", { status: 502 })
  );
  const client = whatsappClient({ ...connection, baseUrl: graph.url });
  await assert.rejects(() => client.getMedia("1", seconds(5)), NotFound);
  await assert.rejects(() => client.getMedia("2", seconds(5)), Unavailable);
});

Deno.test("whatsappClient() lets no id lead to another address", async () => {
  const client = whatsappClient({ ...connection, baseUrl: "http://127.0.0.1:9" });
  for (const id of ["", "..", "a/b", "1?x", "a b", "%2e%2e", "x".repeat(501)]) {
    await assert.rejects(() => client.getMedia(id, seconds(5)), InvalidInput, id);
    assert.throws(
      () => whatsappClient({ ...connection, baseUrl: "http://127.0.0.1:9", phoneNumberId: id }),
      InvalidInput,
    );
  }
});

Deno.test("whatsappClient() never shows the token, whatever fails", async () => {
  const breakingFetch = () => Promise.reject(new TypeError("connection refused"));
  const client = whatsappClient({ ...connection, baseUrl: "http://127.0.0.1:9", fetch: breakingFetch });
  const failures = [
    client.markRead("wamid.a", { typing: false }, seconds(5)),
    client.getMedia("1", seconds(5)),
    client.downloadMedia(
      "http://127.0.0.1:9/a",
      { allowedOrigins: ["http://127.0.0.1:9"], maxBytes: 9 },
      seconds(5),
    ),
    client.downloadMedia("http://127.0.0.1:9/a", { allowedOrigins: [], maxBytes: 9 }, seconds(5)),
  ];
  for (const failure of failures) {
    await assert.rejects(failure, (error) => !Deno.inspect(error, { depth: 9 }).includes(accessToken));
  }
  const unfit = { ...connection, baseUrl: "http://127.0.0.1:9", accessToken: `${accessToken}\n` };
  assert.throws(() => whatsappClient(unfit), (error) => !Deno.inspect(error).includes(accessToken));
});

function seconds(count: number): AbortSignal {
  return AbortSignal.timeout(count * 1000);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function breakFirst(listener: Deno.TcpListener): Promise<void> {
  const accepted = await listener.accept();
  await accepted.read(new Uint8Array(4096));
  accepted.close();
  listener.close();
}
