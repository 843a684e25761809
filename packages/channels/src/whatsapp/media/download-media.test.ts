import assert from "node:assert/strict";
import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import { serveGraph } from "../../testing/serve-graph.ts";
import { downloadMedia } from "./download-media.ts";

const connection = {
  baseUrl: "http://127.0.0.1:9",
  version: "v26.0",
  phoneNumberId: "1",
  accessToken: "EAAGm0PX4ZCpsBAKZCsecret",
  fetch,
};

Deno.test("downloadMedia() fetches the bytes with the token", async () => {
  await using host = serveGraph((request) =>
    new Response(request.headers.get("authorization"), { headers: { "content-type": "audio/ogg" } })
  );
  const media = await download(`${host.url}/a?mid=1`, [host.url]);
  assert.equal(new TextDecoder().decode(media.bytes), `Bearer ${connection.accessToken}`);
  assert.equal(media.mimeType, "audio/ogg");
});

Deno.test("downloadMedia() calls no other origin", async () => {
  let calls = 0;
  await using host = serveGraph(() => {
    calls += 1;
    return new Response("secret");
  });
  const { port } = new URL(host.url);
  const strangers = [
    `http://localhost:${port}/a`,
    `http://127.0.0.1:${Number(port) + 1}/a`,
    `https://127.0.0.1:${port}/a`,
    `http://127.0.0.1:${port}@169.254.169.254/latest/meta-data`,
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "data:text/plain,hola",
    "not an address",
    "",
  ];
  for (const url of strangers) await assert.rejects(() => download(url, [host.url]), InvalidInput, url);
  assert.equal(calls, 0);
});

Deno.test("downloadMedia() follows no redirect", async () => {
  let calls = 0;
  await using inner = serveGraph(() => {
    calls += 1;
    return new Response("secret");
  });
  await using host = serveGraph(() => Response.redirect(inner.url));
  await assert.rejects(() => download(`${host.url}/a`, [host.url]), Unavailable);
  assert.equal(calls, 0);
});

Deno.test("downloadMedia() stops at the limit, whatever the header says", async () => {
  const chunk = new Uint8Array(64 * 1024);
  let sent = 0;
  await using host = serveGraph(() =>
    new Response(
      new ReadableStream({
        pull(body) {
          sent += chunk.length;
          body.enqueue(chunk);
        },
      }),
    )
  );
  await assert.rejects(() => download(`${host.url}/a`, [host.url], 100_000), Unavailable);
  assert.ok(sent < 20_000_000);
});

Deno.test("downloadMedia() takes a file of exactly the limit", async () => {
  await using host = serveGraph(() => new Response(new Uint8Array(1000)));
  assert.equal((await download(`${host.url}/a`, [host.url], 1000)).bytes.length, 1000);
  await assert.rejects(() => download(`${host.url}/a`, [host.url], 999), Unavailable);
});

Deno.test("downloadMedia() tells an address that has expired from a server that fails", async () => {
  await using host = serveGraph((request) =>
    new Response("no", { status: Number(new URL(request.url).pathname.slice(1)) })
  );
  await assert.rejects(() => download(`${host.url}/404`, [host.url]), NotFound);
  await assert.rejects(() => download(`${host.url}/500`, [host.url]), Unavailable);
});

function download(url: string, allowedOrigins: string[], maxBytes = 1_000_000) {
  return downloadMedia(connection, url, { allowedOrigins, maxBytes }, AbortSignal.timeout(5000));
}
