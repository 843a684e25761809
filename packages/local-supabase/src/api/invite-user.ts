import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { z } from "zod";
import type { ProjectKeys } from "../gateway/project-keys.ts";
import type { Api } from "./start-api.ts";

const invite = z.object({ email: z.email().toLowerCase(), data: z.record(z.string(), z.json()).optional() });

/**
 * Auth's `POST /invite`, which lite lacks: makes a login without a password and mails a link that signs in.
 *
 * Answers as Auth does: https://github.com/supabase/auth/blob/master/openapi.yaml
 *
 * @param sql May write `auth.users`.
 */
export async function inviteUser(request: Request, api: Api, keys: ProjectKeys, sql: Sql): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST");
  if (!Object.values(keys.secret).includes(request.headers.get("apikey") ?? "")) {
    return refuse(401, "no_authorization", "This endpoint requires a secret key");
  }
  const parsed = invite.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return refuse(400, "validation_failed", "An address is required");
  const { email, data = {} } = parsed.data;
  const [known] = await sql`select from auth.users where email = ${email}`;
  if (known) return refuse(422, "email_exists", "A user with this email address has already been registered");
  const id = await makeUser(sql, email, data);
  const mailed = await api.fetch(
    new Request(new URL(`/auth/v1/otp${new URL(request.url).search}`, request.url), {
      method: "POST",
      headers: { apikey: keys.publishable, "content-type": "application/json" },
      body: JSON.stringify({ email, create_user: false }),
    }),
  );
  if (!mailed.ok) {
    await sql`delete from auth.users where id = ${id}`;
    return mailed;
  }
  await mailed.body?.cancel();
  return Response.json({ id, aud: "authenticated", role: "authenticated", email, user_metadata: data });
}

async function makeUser(
  sql: Sql,
  email: string,
  data: Record<string, z.core.util.JSONType>,
): Promise<string> {
  const id = randomUUID();
  const profile = { ...data, sub: id, email, email_verified: false, phone_verified: false };
  await sql.begin(async (transaction) => {
    // Auth reads the tokens as text and fails on null.
    await transaction`
      insert into auth.users (id, aud, role, email, raw_app_meta_data, raw_user_meta_data, confirmation_token,
        recovery_token, email_change, email_change_token_new, created_at, updated_at)
      values (${id}, 'authenticated', 'authenticated', ${email},
        ${transaction.json({ provider: "email", providers: ["email"] })}, ${
      transaction.json(profile)
    }, '', '', '', '',
        now(), now())`;
    await transaction`
      insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
      values (${randomUUID()}, 'email', ${id}, ${id}, ${transaction.json(profile)}, now(), now())`;
  });
  return id;
}

function refuse(status: number, errorCode: string, message: string): Response {
  return Response.json({ code: status, error_code: errorCode, msg: message }, { status });
}
