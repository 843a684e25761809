import { errors, jwtVerify } from "jose";
import { z } from "zod";

const schema = z.looseObject({
  role: z.enum(["anon", "authenticated", "service_role"]),
  exp: z.number().optional(),
});

/** Who somebody is, by a token of a user or by a key of the project; a key has no `exp`. */
export type Claims = z.infer<typeof schema>;

/** A credential that is not accepted; the message is what hosted Realtime answers. */
export class InvalidToken extends Error {
  override name = "InvalidToken";
  /** Stands before the message in the answer to a join. */
  readonly code: "InvalidJWTToken" | "MalformedJWT" | "JwtSignatureError";

  constructor(code: InvalidToken["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Tells who shows a credential. */
export interface Identities {
  /** @throws {InvalidToken} */
  identify(credential: string): Promise<Claims>;
}

/** Knows the project's keys, and tokens signed with its secret. */
export function identitiesOf(keys: { publishable: string; secret: string[]; jwtSecret: string }): Identities {
  const jwtSecret = new TextEncoder().encode(keys.jwtSecret);
  return {
    async identify(credential) {
      if (credential === keys.publishable) return { role: "anon" };
      if (keys.secret.includes(credential)) return { role: "service_role" };
      const { payload } = await jwtVerify(credential, jwtSecret, { algorithms: ["HS256"] }).catch(explain);
      const claims = schema.safeParse(payload);
      if (claims.success && claims.data.exp !== undefined) return claims.data;
      throw new InvalidToken("InvalidJWTToken", "Fields `role` and `exp` are required in JWT");
    },
  };
}

function explain(error: unknown): never {
  if (error instanceof errors.JWTExpired) {
    throw new InvalidToken("InvalidJWTToken", expiredText(error.payload.exp));
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    throw new InvalidToken("JwtSignatureError", "Failed to validate JWT signature");
  }
  throw new InvalidToken("MalformedJWT", "The token provided is not a valid JWT");
}

/** @param exp Seconds since 1970. */
export function expiredText(exp = 0): string {
  return `Token has expired ${Math.max(0, Math.floor(Date.now() / 1000) - exp)} seconds ago`;
}
