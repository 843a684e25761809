import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { signBody } from "@app/channels/testing.ts";
import { verifySignature } from "./verify-signature.ts";

const compact = encode('{"object":"whatsapp_business_account","entry":[]}');
const spaced = encode('{"object": "whatsapp_business_account", "entry": []}');
const apps = [{ appId: "main", secret: "test_app_secret" }, { appId: "other", secret: "otro_secreto" }];

const signedOfCompact = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";

Deno.test("verifySignature() names the app whose secret signed the bytes", () => {
  const signedOfSpaced = "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a";
  const signedByOther = "sha256=769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7";
  assert.equal(verifySignature(compact, signedOfCompact, apps), "main");
  assert.equal(verifySignature(spaced, signedOfSpaced, apps), "main");
  assert.equal(verifySignature(compact, signedByOther, apps), "other");
});

Deno.test("verifySignature() refuses the same JSON in other bytes", () => {
  assert.equal(verifySignature(spaced, signedOfCompact, apps), null);
});

Deno.test("verifySignature() refuses a secret that is not among the apps", () => {
  assert.equal(verifySignature(compact, signedOfCompact, [{ appId: "other", secret: "otro_secreto" }]), null);
  assert.equal(verifySignature(compact, signedOfCompact, []), null);
});

Deno.test("verifySignature() refuses what anybody can sign with an unset secret", async () => {
  const keyed = new Uint8Array(64);
  // HMAC pads its key with zeros, so that 64 of them are the same key as none.
  const signature = await signBody(new TextDecoder().decode(keyed), compact);
  assert.equal(verifySignature(compact, signature, [{ appId: "unset", secret: "" }]), null);
});

Deno.test("verifySignature() refuses headers of another shape", () => {
  const hex = signedOfCompact.slice("sha256=".length);
  const malformed = [
    null,
    "",
    hex,
    `sha1=${hex}`,
    `sha256=${hex}0`,
    `sha256=${hex.slice(1)}`,
    `sha256=${hex} `,
    `sha256=${hex}\n`,
    ` sha256=${hex}`,
    `sha256=${"g".repeat(64)}`,
    `sha256=${hex}, sha256=${hex}`,
  ];
  for (const header of malformed) assert.equal(verifySignature(compact, header, apps), null, String(header));
});

Deno.test("verifySignature() accepts none of 10,000 forgeries", () => {
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const forgery = fc.oneof(
    digest.map((bytes) => `sha256=${Buffer.from(bytes).toString("hex")}`),
    fc.string(),
    // The right signature with one digit changed.
    fc.tuple(fc.nat(63), fc.integer({ min: 1, max: 15 })).map(([at, step]) => {
      const hex = [...signedOfCompact.slice("sha256=".length)];
      hex[at] = ((parseInt(hex[at] ?? "0", 16) + step) % 16).toString(16);
      return `sha256=${hex.join("")}`;
    }),
  );
  fc.assert(fc.property(forgery, (header) => verifySignature(compact, header, apps) === null), {
    numRuns: 10_000,
  });
});

Deno.test("verifySignature() accepts no body with one changed bit", () => {
  const change = fc.tuple(fc.nat(compact.length - 1), fc.nat(7));
  fc.assert(fc.property(change, ([at, bit]) => {
    const changed = compact.map((byte, index) => index === at ? byte ^ (1 << bit) : byte);
    return verifySignature(changed, signedOfCompact, apps) === null;
  }));
});

Deno.test("signBody() signs so that verifySignature() agrees, whatever the bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      const body = Uint8Array.from(bytes);
      return verifySignature(body, await signBody("otro_secreto", body), apps) === "other";
    }),
    { numRuns: 200 },
  );
});

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
