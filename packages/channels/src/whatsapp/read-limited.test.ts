import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Unavailable } from "@app/contracts/mod.ts";
import { readLimited } from "./read-limited.ts";

const maxBytes = 1000;
const head = "HTTP/1.1 200 OK\r\nconnection: close\r\n";

Deno.test("readLimited() reads a body with and without a length", async () => {
  for (const length of [0, 1, maxBytes]) {
    const body = "x".repeat(length);
    assert.equal(await readFrom(`${head}content-length: ${length}\r\n\r\n${body}`), body);
    assert.equal(await readFrom(`${head}\r\n${body}`), body);
  }
});

Deno.test("readLimited() takes no more than the length that the header tells", async () => {
  assert.equal(await readFrom(`${head}content-length: 3\r\n\r\nabc${"x".repeat(50_000)}`), "abc");
});

Deno.test("readLimited() refuses what is longer than the limit, however it is told", async () => {
  const body = "x".repeat(50_000);
  const chunked = `transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const packed = gzipSync(body);
  const answers = [
    `${head}content-length: ${body.length}\r\n\r\n${body}`,
    `${head}\r\n${body}`,
    head + chunked,
    concat(`${head}content-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`, packed),
  ];
  for (const answer of answers) await assert.rejects(() => readFrom(answer), Unavailable);
});

Deno.test("readLimited() reads no chunks beyond the limit where a length is told as well", async () => {
  const body = "x".repeat(50_000);
  const answer = `${head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n${
    body.length.toString(16)
  }\r\n${body}\r\n0\r\n\r\n`;
  // Whether the runtime takes such an answer at all is its own choice; what it takes is limited.
  const read = await readFrom(answer).catch(() => "");
  assert.ok(read.length <= maxBytes);
});

/** Reads the answer of a server that sends just these bytes. */
async function readFrom(answer: string | Uint8Array): Promise<string> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = serveOnce(listener, typeof answer === "string" ? concat(answer) : answer);
  const response = await fetch(`http://127.0.0.1:${listener.addr.port}`);
  try {
    return new TextDecoder().decode(await readLimited(response, maxBytes));
  } finally {
    await served;
  }
}

async function serveOnce(listener: Deno.TcpListener, answer: Uint8Array): Promise<void> {
  using connection = await listener.accept();
  await connection.read(new Uint8Array(8192));
  const writer = connection.writable.getWriter();
  // A client that has read enough hangs up.
  await writer.write(answer).catch(() => {});
  await writer.close().catch(() => {});
}

function concat(text: string, bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const start = new TextEncoder().encode(text);
  const all = new Uint8Array(start.length + bytes.length);
  all.set(start);
  all.set(bytes, start.length);
  return all;
}
