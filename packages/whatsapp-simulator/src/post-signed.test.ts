import assert from "node:assert/strict";
import { signatureOf } from "./post-signed.ts";

Deno.test("signatureOf() signs the bytes as they are", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.equal(
    signatureOf(bytes('{"object":"whatsapp_business_account","entry":[]}'), "test_app_secret"),
    "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
  );
  assert.equal(
    signatureOf(bytes('{"object": "whatsapp_business_account", "entry": []}'), "test_app_secret"),
    "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
  );
});
