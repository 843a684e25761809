import assert from "node:assert/strict";
import { CannotStart } from "@app/local-supabase/mod.ts";
import { checkSettings } from "./check-settings.ts";

Deno.test("checkSettings() names every setting that is wrong, and no value", () => {
  assert.throws(
    () => checkSettings({ LEASE_SECONDS: "many", MODEL_SERVERS: "a-key-of-somebody", SWEEP_SECONDS: "5" }),
    (error: unknown) =>
      error instanceof CannotStart && /LEASE_SECONDS/.test(error.message) &&
      /MODEL_SERVERS/.test(error.message) && !/SWEEP_SECONDS|somebody|many/.test(error.message),
  );
});

Deno.test("checkSettings() wants nothing that the platform gives itself", () => {
  checkSettings({});
  checkSettings({ DATABASE_URL: "", SECRETS_KEYS: "" });
});
