import { randomUUID } from "node:crypto";
import { hash } from "bcryptjs";
import type { Connection } from "./connection.ts";

/** Makes logins. */
export interface UserAdmin {
  /**
   * Finds the login of an address, or makes a confirmed one.
   *
   * @param password Of a new login; an existing one keeps its own.
   */
  ensureUser(email: string, password: string): Promise<{ id: string; isNew: boolean }>;
}

/** bcrypt's work factor: what Supabase Auth uses. */
const cost = 10;

/** Makes logins by SQL: for a database whose Auth has no administration API, as on one machine. */
export function sqlUserAdmin(sql: Connection): UserAdmin {
  return {
    async ensureUser(email, password) {
      const [known] = await sql<{ id: string }[]>`select id from auth.users where email = ${email}`;
      if (known) return { id: known.id, isNew: false };
      const id = randomUUID();
      const profile = sql.json({ sub: id, email, email_verified: true, phone_verified: false });
      const encrypted = await hash(password, cost);
      // Supabase Auth reads the tokens as text and fails on null.
      await sql`
        insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
          raw_user_meta_data, confirmation_token, recovery_token, email_change, email_change_token_new, created_at,
          updated_at)
        values (${id}, 'authenticated', 'authenticated', ${email}, ${encrypted}, now(),
          ${
        sql.json({ provider: "email", providers: ["email"] })
      }, ${profile}, '', '', '', '', now(), now())`;
      await sql`
        insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
        values (${randomUUID()}, 'email', ${id}, ${id}, ${profile}, now(), now())`;
      return { id, isNew: true };
    },
  };
}
