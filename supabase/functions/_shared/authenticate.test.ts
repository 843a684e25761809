import assert from "node:assert/strict";
import { Unauthorized } from "@app/contracts/mod.ts";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { authenticateMember, requireSecretKey } from "./authenticate.ts";

const person = "0b9a1f6e-6f0c-4c66-9a40-0d9a3b1c2d3e";
const secret = "a-secret-of-more-than-thirty-two-characters";
const secrets = {
  databaseUrl: "",
  sealing: "",
  models: { servers: [] },
  jwt: secret,
  secretKeys: {
    default: "sb_secret_default",
    automations: "sb_secret_automations",
    other: "sb_secret_other",
  },
};

function call(headers: Record<string, string>): Request {
  return new Request("http://127.0.0.1/process-pending", {
    method: "POST",
    headers,
  });
}

function token(
  changes: Record<string, unknown> = {},
  header: JWTHeaderParameters = { alg: "HS256" },
): SignJWT {
  return new SignJWT({ role: "authenticated", sub: person, ...changes })
    .setProtectedHeader(header).setAudience("authenticated")
    .setExpirationTime("1h");
}

function bearer(text: string): Request {
  return call({ authorization: `Bearer ${text}` });
}

Deno.test("requireSecretKey() accepts the keys of automations and default, and no other", () => {
  requireSecretKey(call({ apikey: "sb_secret_automations" }), { secrets });
  requireSecretKey(call({ apikey: "sb_secret_default" }), { secrets });
  for (
    const headers of [{}, { apikey: "" }, { apikey: "sb_secret_other" }, {
      apikey: "sb_secret_defaul",
    }]
  ) {
    assert.throws(
      () => requireSecretKey(call(headers as Record<string, string>), { secrets }),
      Unauthorized,
    );
  }
  assert.throws(
    () =>
      requireSecretKey(call({ apikey: "" }), {
        secrets: { ...secrets, secretKeys: {} },
      }),
    Unauthorized,
  );
});

Deno.test("authenticateMember() knows a person by a token that our secret signed", async () => {
  const signed = await token().sign(new TextEncoder().encode(secret));
  assert.equal(
    (await authenticateMember(bearer(signed), { secrets })).sub,
    person,
  );
});

Deno.test("authenticateMember() refuses tokens that are foreign, old, unsigned or nobody's", async () => {
  const key = new TextEncoder().encode(secret);
  const bad = [
    await token().sign(
      new TextEncoder().encode("another-secret-of-more-than-32-characters"),
    ),
    await token().setExpirationTime("-1h").sign(key),
    await token({ role: "service_role" }).sign(key),
    await token({ sub: "postgres" }).sign(key),
    await token().setAudience("other").sign(key),
    `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub: person, role: "authenticated" }))}.`,
    "sb_secret_default",
  ];
  for (const text of bad) {
    await assert.rejects(
      authenticateMember(bearer(text), { secrets }),
      Unauthorized,
    );
  }
  await assert.rejects(authenticateMember(call({}), { secrets }), Unauthorized);
});

Deno.test("authenticateMember() believes public keys only where there are some", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwks = JSON.stringify({
    keys: [{ ...await exportJWK(publicKey), kid: "k1", alg: "ES256" }],
  });
  const signed = await token({}, { alg: "ES256", kid: "k1" }).sign(privateKey);
  assert.equal(
    (await authenticateMember(bearer(signed), { secrets, jwks })).sub,
    person,
  );
  const bySecret = await token().sign(new TextEncoder().encode(secret));
  await assert.rejects(
    authenticateMember(bearer(bySecret), { secrets, jwks }),
    Unauthorized,
  );
  assert.equal(
    (await authenticateMember(bearer(bySecret), {
      secrets,
      jwks: '{"keys":[]}',
    })).sub,
    person,
  );
});
