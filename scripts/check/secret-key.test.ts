import assert from "node:assert/strict";
import { readers, secretKeyMisuses } from "./secret-key.mjs";

/** Every file that has a purpose, and one more. */
const withOneMore = (text: string) =>
  new Map([
    ...Object.keys(readers).map((file) => [file, "secrets.secretKeys.default"] as const),
    ["supabase/functions/greet/handler.ts", text] as const,
  ]);

Deno.test("secretKeyMisuses() finds whoever takes the secret key out of the settings or the environment", () => {
  for (
    const text of [
      "fetch(url, { headers: { apikey: settings.secrets.secretKeys.default } })",
      "const { secretKeys } = settings.secrets;",
      "function greet({ secretKeys }: Secrets) {}",
      'const key = keys.secretKeys["default"];',
      'Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")',
      'sql`select set_config("role", "service_role", true)`',
    ]
  ) {
    assert.match(
      secretKeyMisuses(withOneMore(text)).join(),
      /greet\/handler\.ts: reads the secret key/,
      text,
    );
  }
});

Deno.test("secretKeyMisuses() leaves keys that seal alone, and asks for purposes that nobody has any more", () => {
  const fine = withOneMore(
    "const secretKeys = readSecretKeys(sealing); openTools(database, secretKeys, {});",
  );
  assert.deepEqual(secretKeyMisuses(fine), []);
  fine.delete("supabase/functions/_shared/wake.ts");
  assert.match(secretKeyMisuses(fine).join(), /wake\.ts does not read the secret key/);
});
