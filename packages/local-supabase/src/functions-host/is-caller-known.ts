import process from "node:process";
import { jwtVerify } from "jose";
import { z } from "zod";

const namedKeys = z.record(z.string(), z.string());

/**
 * What the hosted platform checks before a function with `verify_jwt`: a token that the project signed, or one of the
 * project's keys. It says that the caller is known, not what they may do.
 */
export async function isCallerKnown(request: Request): Promise<boolean> {
  const token = request.headers.get("authorization")?.replace(/^Bearer /i, "");
  const credentials = [token, request.headers.get("apikey")].filter((value) =>
    value !== null && value !== undefined
  );
  if (credentials.some((credential) => projectKeys().has(credential))) return true;
  if (!token || !process.env.JWT_SECRET) return false;
  const secret = new TextEncoder().encode(process.env.JWT_SECRET);
  return await jwtVerify(token, secret, { algorithms: ["HS256"] }).then(() => true, () => false);
}

function projectKeys(): Set<string> {
  const lists = [process.env.SUPABASE_PUBLISHABLE_KEYS, process.env.SUPABASE_SECRET_KEYS];
  return new Set(lists.flatMap((list) => list ? Object.values(namedKeys.parse(JSON.parse(list))) : []));
}
