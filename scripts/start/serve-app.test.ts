import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@app/local-supabase/testing.ts";
import { serveApp } from "./serve-app.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("serveApp() answers files, the page for any other address and its settings, under a policy without inline code", async () => {
  await mkdir(join(root, ".local"), { recursive: true });
  const folder = await mkdtemp(join(root, ".local/served-"));
  await mkdir(join(folder, "dist/assets"), { recursive: true });
  await writeFile(join(folder, "dist/index.html"), "the page");
  await writeFile(join(folder, "dist/assets/a.js"), "1");
  await writeFile(join(folder, "secret.js"), "no");
  const config = { api_url: "http://127.0.0.1:1", publishable_key: "sb_publishable_x" };
  const app = serveApp({
    folder: `.local/${basename(folder)}`,
    port: freePort(),
    portName: "AGENT_APP_PORT",
    config,
  });
  try {
    const get = async (path: string) => {
      const response = await fetch(app.url + path);
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    assert.deepEqual(JSON.parse((await get("/config.json")).text), config);
    const page = await get("/t/carton/c/1");
    assert.equal(page.text, "the page");
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /connect-src 'self' blob: http:\/\/127\.0\.0\.1:1 ws:\/\/127\.0\.0\.1:1/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match((await get("/assets/a.js")).headers.get("cache-control") ?? "", /immutable/);
    assert.equal((await get("/assets/none.js")).status, 404);
    for (const encoding of ["br", "gzip"]) {
      const raw = await fetch(`${app.url}/assets/a.js`, { headers: { "accept-encoding": encoding } });
      assert.equal(raw.headers.get("vary"), "accept-encoding");
      assert.equal(await raw.text(), "1");
    }
    assert.doesNotMatch((await get("/..%2fsecret.js")).text, /^no$/);
  } finally {
    await app.stop();
    await rm(folder, { recursive: true });
  }
});
