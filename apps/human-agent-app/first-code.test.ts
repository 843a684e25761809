import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist, firstCode, screens } from "./first-code.mjs";

/** Bytes after gzip: what a phone may have to fetch before it shows something that can be used. */
const limit = 150 * 1024;

for (const [screen, chunks] of Object.entries(screens)) {
  Deno.test(`the first code of the ${screen} is 150 KB at most in every language`, async () => {
    for (const language of ["es", "en", "pt"]) {
      const sizes = await Promise.all(
        firstCode(chunks, language).map(async (file) => {
          return { file, bytes: gzipSync(await readFile(join(dist, file))).length };
        }),
      );
      const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
      const parts = sizes.map(({ file, bytes }) => `${file} ${bytes}`).join(", ");
      assert.ok(sum <= limit, `${sum} bytes in ${language}: ${parts}`);
    }
  });
}

Deno.test("the worker keeps exactly the files that the app is made of, so that later parts open without a network too", async () => {
  const worker = await readFile(join(dist, "service-worker.js"), "utf8");
  const kept = [...worker.matchAll(/assets\/[\w.-]+/g)].map(([name]) => name);
  const files = (await readdir(join(dist, "assets"))).map((name) => `assets/${name}`);
  assert.ok(files.length > 20, "the app was not built in parts");
  assert.deepEqual(kept.sort(), files.sort());
});
