import assert from "node:assert/strict";
import { jsonObject } from "./ledger-event.ts";
import { eventually, withProduct } from "./test-product.ts";

const AUTHORIZATION = { authorization: "Bearer token" };
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 250]);

async function upload(graphUrl: string, file: File, type = file.type): Promise<Response> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", type);
  form.set("file", file);
  return await fetch(`${graphUrl}/v26.0/100/media`, { method: "POST", headers: AUTHORIZATION, body: form });
}

Deno.test("uploadMedia() keeps a file that comes back byte for byte, to genuine tokens", async () => {
  await withProduct(async ({ graphUrl }) => {
    const uploaded = jsonObject.parse(
      await (await upload(graphUrl, new File([PNG], "a.png", { type: "image/png" }))).json(),
    );
    const described = await fetch(`${graphUrl}/v26.0/${uploaded.id}?phone_number_id=100`, {
      headers: AUTHORIZATION,
    });
    const media = jsonObject.parse(await described.json());
    assert.equal(media.mime_type, "image/png");
    assert.equal(media.file_size, PNG.length);

    const bare = await fetch(String(media.url));
    await bare.body?.cancel();
    const file = await fetch(String(media.url), { headers: AUTHORIZATION });
    assert.equal(bare.status, 401);
    assert.deepEqual(await file.bytes(), PNG);

    const foreign = await fetch(`${graphUrl}/v26.0/${uploaded.id}?phone_number_id=200`, {
      headers: AUTHORIZATION,
    });
    assert.equal(foreign.status, 400);
    await foreign.body?.cancel();
    const removed = await fetch(`${graphUrl}/v26.0/${uploaded.id}`, {
      method: "DELETE",
      headers: AUTHORIZATION,
    });
    assert.deepEqual(await removed.json(), { success: true });
    const gone = await fetch(`${graphUrl}/v26.0/${uploaded.id}`, { headers: AUTHORIZATION });
    assert.equal(gone.status, 400);
    await gone.body?.cancel();
  });
});

Deno.test("uploadMedia() turns down wrong types and files that are too big", async () => {
  await withProduct(async ({ graphUrl }) => {
    const program = await upload(graphUrl, new File([PNG], "a.svg", { type: "image/svg+xml" }));
    const big = await upload(
      graphUrl,
      new File([new Uint8Array(5 * 1024 * 1024 + 1)], "a.png", { type: "image/png" }),
    );
    assert.equal(Object(jsonObject.parse(await program.json()).error).code, 100);
    assert.equal(Object(jsonObject.parse(await big.json()).error).code, 131053);
  });
});

Deno.test("downloadMedia() answers 404 once the address has run out, and to a forged one", async () => {
  await withProduct(async (simulator, product) => {
    const base64 = btoa(String.fromCharCode(...PNG));
    await simulator.customer("5215512345678").send({
      type: "image",
      base64,
      mime_type: "image/png",
      caption: "mira",
    });
    await eventually("the picture", () => product.messages.length === 1);
    const image = Object(product.messages[0]).image;
    assert.equal(image.caption, "mira");
    const fresh = await fetch(image.url, { headers: AUTHORIZATION });
    assert.deepEqual(await fresh.bytes(), PNG);
    const forged = await fetch(image.url.replace(/expires=\d+/, "expires=99999999999"), {
      headers: AUTHORIZATION,
    });
    assert.equal(forged.status, 404);
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    const late = await fetch(image.url, { headers: AUTHORIZATION });
    assert.equal(late.status, 404);
  }, { media_url_lifetime_s: 3 });
});
