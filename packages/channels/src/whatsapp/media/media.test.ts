import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { InvalidInput, NotFound, TooLarge, Unavailable } from "@app/contracts/mod.ts";
import { serveGraph } from "../../testing/serve-graph.ts";
import { whatsappClient } from "../whatsapp-client.ts";
import { checkIncomingMedia, checkOutgoingMedia } from "./check-media.ts";
import type { MediaKind } from "./media-limits.ts";

const files = {
  jpeg: bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]),
  png: bytesOf([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    0,
    0,
    0,
    13,
    0x49,
    0x48,
    0x44,
    0x52,
    ...zeros(17),
  ]),
  opus: textBytes(`OggS\0\x02${"\0".repeat(20)}\x01\x13OpusHead`),
  vorbis: textBytes(`OggS\0\x02${"\0".repeat(20)}\x01\x1e\x01vorbis\0\0`),
  mp4: textBytes("\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
  m4a: textBytes("\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"),
  pdf: textBytes("%PDF-1.7\n"),
  text: textBytes("hola"),
  html: textBytes("<html><script>alert(1)</script>"),
  exe: bytesOf([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]),
  cfb: bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  sticker: webp(512, 512, false),
};

const taken: [kind: MediaKind, file: keyof typeof files, claimed: string, type: string][] = [
  ["image", "jpeg", "image/png", "image/jpeg"],
  ["image", "png", "image/png", "image/png"],
  ["audio", "opus", "audio/ogg", "audio/ogg"],
  ["audio", "m4a", "audio/mp4", "audio/mp4"],
  ["video", "mp4", "video/mp4", "video/mp4"],
  ["document", "pdf", "application/octet-stream", "application/pdf"],
  ["document", "text", "text/csv", "text/csv"],
  ["document", "cfb", "application/msword", "application/msword"],
  ["sticker", "sticker", "image/webp", "image/webp"],
];

for (const [kind, file, claimed, type] of taken) {
  Deno.test(`checkOutgoingMedia() takes ${file} as ${kind}, called ${claimed}`, async () => {
    assert.equal(await checkOutgoingMedia(files[file], kind, claimed), type);
  });
}

const refused: [kind: MediaKind, why: string, bytes: Uint8Array, says: RegExp][] = [
  ["image", "a PDF", files.pdf, /image of type "application\/pdf", want image\/jpeg, image\/png/],
  ["image", "a page", files.html, /type "unknown"/],
  ["image", "nothing", new Uint8Array(), /0 bytes/],
  ["image", "5 MB and a byte", padded(files.jpeg, 5_242_881), /5242881 bytes, want at most 5242880/],
  ["audio", "ogg without opus", files.vorbis, /type "audio\/ogg", want .*opus/],
  ["document", "a program", files.exe, /want no program/],
  ["sticker", "a picture", files.png, /want image\/webp/],
  ["sticker", "another size", webp(500, 512, false), /500 x 512 pixels, want 512 x 512/],
  ["sticker", "still and over 100 KB", padded(files.sticker, 102_401), /want at most 102400/],
];

for (const [kind, why, bytes, says] of refused) {
  Deno.test(`checkOutgoingMedia() refuses ${why} as ${kind}, and says what is allowed`, async () => {
    await assert.rejects(
      () => checkOutgoingMedia(bytes, kind, "image/jpeg"),
      (error) => error instanceof InvalidInput && says.test(error.message),
    );
  });
}

Deno.test("checkOutgoingMedia() lets a sticker that moves have 500 KB", async () => {
  assert.equal(await checkOutgoingMedia(padded(webp(512, 512, true), 500_000), "sticker", ""), "image/webp");
});

Deno.test("checkIncomingMedia() believes bytes, and refuses what is not what it is called", async () => {
  assert.equal(await checkIncomingMedia(files.opus, "audio", "audio/mpeg"), "audio/ogg; codecs=opus");
  assert.equal(await checkIncomingMedia(files.mp4, "audio", "audio/mp4"), "video/mp4");
  assert.equal(await checkIncomingMedia(files.text, "document", "text/plain"), "text/plain");
  const lies: [Uint8Array, MediaKind][] = [
    [files.html, "image"],
    [files.exe, "image"],
    [files.exe, "document"],
    [files.pdf, "audio"],
    [files.jpeg, "video"],
    [new Uint8Array(), "sticker"],
  ];
  for (const [bytes, kind] of lies) {
    await assert.rejects(() => checkIncomingMedia(bytes, kind, "image/jpeg"), InvalidInput);
  }
});

Deno.test("uploadMedia() POSTs a form with the file, its type and its name", async () => {
  const seen: unknown[] = [];
  await using graph = serveGraph(async (request) => {
    const form = await request.formData();
    const file = form.get("file");
    assert.ok(file instanceof File);
    seen.push(
      new URL(request.url).pathname,
      form.get("messaging_product"),
      form.get("type"),
      file.name,
      file.type,
    );
    seen.push(new Uint8Array(await file.arrayBuffer()));
    return Response.json({ id: "1908647" });
  });
  const file = { bytes: files.jpeg, kind: "image", mimeType: "image/jpeg", fileName: "caja.jpg" } as const;
  assert.equal(await client(graph.url).uploadMedia(file, seconds(5)), "1908647");
  assert.deepEqual(seen, ["/v26.0/1/media", "whatsapp", "image/jpeg", "caja.jpg", "image/jpeg", files.jpeg]);
});

Deno.test("uploadMedia() tells a file that Meta does not take from a provider that is down", async () => {
  const answers = [
    Response.json({ error: { code: 131053, message: "Unsupported" } }, { status: 400 }),
    Response.json({ error: { code: 131016, message: "Overloaded" } }, { status: 500 }),
    new Response("<html>", { status: 502 }),
    Response.json({}),
  ];
  await using graph = serveGraph(() => answers.shift() ?? new Response());
  const upload = () =>
    client(graph.url).uploadMedia({ bytes: files.pdf, kind: "document", mimeType: "" }, seconds(5));
  await assert.rejects(upload, InvalidInput);
  for (let count = 0; count < 3; count += 1) await assert.rejects(upload, Unavailable);
});

Deno.test("uploadMedia() calls nobody for a file that WhatsApp does not take", async () => {
  await assert.rejects(
    () =>
      client("http://127.0.0.1:9").uploadMedia({ bytes: files.exe, kind: "image", mimeType: "" }, seconds(5)),
    InvalidInput,
  );
});

Deno.test("fetchMedia() finds, downloads and proves a file", async () => {
  for (const form of ["hex", "base64"] as const) {
    await using host = serveMedia({ sha256: digest(files.opus, form), file_size: files.opus.length });
    const media = await fetchFrom(host.url, "audio");
    assert.deepEqual(media, { bytes: files.opus, mimeType: "audio/ogg; codecs=opus" });
  }
});

Deno.test("fetchMedia() asks once more for an address that has expired", async () => {
  await using once = serveMedia({}, 1);
  assert.deepEqual((await fetchFrom(once.url, "audio")).bytes, files.opus);
  await using twice = serveMedia({}, 2);
  await assert.rejects(() => fetchFrom(twice.url, "audio"), NotFound);
});

Deno.test("fetchMedia() believes no file that is too big, cut, changed, or something else", async () => {
  const cases: [
    Record<string, unknown>,
    MediaKind,
    typeof InvalidInput | typeof TooLarge | typeof Unavailable,
  ][] = [
    [{ file_size: 1_000_001 }, "audio", TooLarge],
    [{ file_size: 7 }, "audio", Unavailable],
    [{ sha256: digest(files.text, "hex") }, "audio", Unavailable],
    [{ sha256: digest(files.text, "base64") }, "audio", Unavailable],
    [{}, "image", InvalidInput],
  ];
  for (const [facts, kind, error] of cases) {
    await using host = serveMedia(facts);
    await assert.rejects(() => fetchFrom(host.url, kind), error);
  }
});

/** Serves a voice note, after some addresses that have expired. */
function serveMedia(facts: Record<string, unknown>, expired = 0) {
  let left = expired;
  return serveGraph((request) => {
    const { origin, pathname } = new URL(request.url);
    if (pathname === "/v26.0/77") {
      return Response.json({ url: `${origin}/file`, mime_type: "audio/ogg", ...facts });
    }
    left -= 1;
    return left >= 0 ? new Response(null, { status: 404 }) : new Response(files.opus);
  });
}

function fetchFrom(url: string, kind: MediaKind) {
  return client(url).fetchMedia("77", { kind, allowedOrigins: [url], maxBytes: 1_000_000 }, seconds(5));
}

function client(baseUrl: string) {
  return whatsappClient({ baseUrl, version: "v26.0", phoneNumberId: "1", accessToken: "token", fetch });
}

function seconds(count: number): AbortSignal {
  return AbortSignal.timeout(count * 1000);
}

function digest(bytes: Uint8Array, form: "hex" | "base64"): string {
  return createHash("sha256").update(bytes).digest(form);
}

function bytesOf(values: number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values);
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function padded(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}

/** The head of a WebP file in its extended form. */
function webp(width: number, height: number, isAnimated: boolean): Uint8Array<ArrayBuffer> {
  const bytes = padded(textBytes("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0"), 40);
  bytes[20] = isAnimated ? 2 : 0;
  bytes.set([(width - 1) & 0xff, (width - 1) >> 8, 0, (height - 1) & 0xff, (height - 1) >> 8, 0], 24);
  return bytes;
}
