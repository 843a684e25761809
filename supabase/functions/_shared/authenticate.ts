/** Who calls: schedules and functions by a named secret key, people by their token. */
import { Unauthorized } from "@app/contracts/mod.ts";
import type { MemberClaims } from "@app/conversations/mod.ts";
import { createLocalJWKSet, type JWTPayload, jwtVerify } from "jose";
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Config } from "./config.ts";

/** The key of schedules, and the one that projects have from the start. */
const callerKeyNames = ["automations", "default"];

/**
 * Makes sure that a schedule or another function of ours calls: `apikey` holds the secret key named `automations` or
 * `default`. Compared in constant time, whatever the lengths.
 *
 * @throws {Unauthorized}
 */
export function requireSecretKey(request: Request, settings: Pick<Config, "secrets">): void {
  if (holdsSecretKey(request, settings)) return;
  throw new Unauthorized('Cannot accept call: "apikey" holds no secret key of this project');
}

/** Whether `apikey` is one of those keys; see {@linkcode requireSecretKey}. */
export function holdsSecretKey(request: Request, { secrets }: Pick<Config, "secrets">): boolean {
  const shown = digest(request.headers.get("apikey") ?? "");
  let isKnown = false;
  for (const name of callerKeyNames) {
    const key = secrets.secretKeys[name];
    if (key !== undefined && timingSafeEqual(shown, digest(key))) {
      isKnown = true;
    }
  }
  return isKnown;
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

const memberToken = z.looseObject({
  sub: z.uuid(),
  role: z.literal("authenticated"),
});
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * Checks a person's token. What it says about tenants is not believed: membership is read from the table.
 *
 * Signed by the project's public keys when hosted (`SUPABASE_JWKS`), by `JWT_SECRET` locally, where there are none.
 *
 * @throws {Unauthorized} Without a valid token of a signed-in person.
 */
export async function authenticateMember(
  request: Request,
  settings: Pick<Config, "jwks" | "secrets">,
): Promise<MemberClaims> {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(
    request.headers.get("authorization") ?? "",
  ) ?? [];
  if (!token) {
    throw new Unauthorized("Cannot accept call: there is no bearer token");
  }
  let claims: JWTPayload;
  try {
    claims = await verify(token, settings);
  } catch (cause) {
    throw new Unauthorized("Cannot accept call: the token is not valid", {
      cause,
    });
  }
  const member = memberToken.safeParse(claims);
  if (!member.success) {
    throw new Unauthorized(
      "Cannot accept call: the token is not a signed-in person's",
    );
  }
  return member.data;
}

/** Which algorithm is allowed follows from our keys, never from the token. */
async function verify(
  token: string,
  { jwks, secrets }: Pick<Config, "jwks" | "secrets">,
): Promise<JWTPayload> {
  const options = { audience: "authenticated", requiredClaims: ["exp"] };
  const publicKeys = jwks === undefined ? undefined : keySet.parse(JSON.parse(jwks));
  if (publicKeys && publicKeys.keys.length > 0) {
    const keys = createLocalJWKSet(publicKeys);
    return (await jwtVerify(token, keys, {
      ...options,
      algorithms: ["ES256", "RS256", "EdDSA"],
    })).payload;
  }
  if (secrets.jwt === undefined) {
    throw new Error(
      "Cannot check token: neither public keys nor a secret is set",
    );
  }
  const secret = new TextEncoder().encode(secrets.jwt);
  return (await jwtVerify(token, secret, { ...options, algorithms: ["HS256"] }))
    .payload;
}
