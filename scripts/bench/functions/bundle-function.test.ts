import assert from "node:assert/strict";
import { bundleFunction } from "./bundle-function.ts";

Deno.test("webhook-whatsapp is at most 1 MB with all that it imports, so that a fresh isolate answers soon", async () => {
  const folder = await Deno.makeTempDir({ prefix: "bundle-" });
  try {
    const { bytes } = await bundleFunction("webhook-whatsapp", folder);
    assert.ok(bytes > 50_000, `${bytes} bytes are too few to be the whole function`);
    assert.ok(bytes <= 1024 * 1024, `${bytes} bytes`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
