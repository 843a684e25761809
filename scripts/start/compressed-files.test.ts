import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { openCompressedFiles } from "./compressed-files.ts";

const code = "export const words = 'again and again';".repeat(200);

Deno.test("files are compressed as the browser takes them, and anew when they change", async () => {
  const folder = await mkdtemp(join(tmpdir(), "compressed-"));
  try {
    const file = join(folder, "a.js");
    await writeFile(file, code);
    const read = openCompressedFiles();
    const br = await read(file, "gzip, deflate, br");
    assert.equal(br.encoding, "br");
    assert.equal(String(brotliDecompressSync(br.body)), code);
    const gz = await read(file, "gzip");
    assert.equal(gz.encoding, "gzip");
    assert.ok(gz.body.length < code.length / 10);
    assert.equal((await read(file, "")).encoding, undefined);
    await writeFile(file, "2");
    await utimes(file, 0, 1);
    assert.equal(String(gunzipSync((await read(file, "gzip")).body)), "2");
    await writeFile(join(folder, "a.woff2"), code);
    assert.equal((await read(join(folder, "a.woff2"), "br")).encoding, undefined);
  } finally {
    await rm(folder, { recursive: true });
  }
});
