import { isDeepStrictEqual } from "node:util";
import { parseMachine } from "@app/sales-engine/mod.ts";
import {
  channelSecretContext,
  lastFourOf,
  metaAppContext,
  seal,
  type SecretKeys,
} from "../../supabase/functions/_shared/sealed-secrets.ts";
import type { Connection } from "./connection.ts";
import type { MetaApp, Person, WhatsAppNumber } from "./new-tenant.ts";
import type { UserAdmin } from "./user-admin.ts";

/** A tenant as the registry knows it. */
export interface Tenant {
  id: string;
  slug: string;
  schemaName: string;
}

/** Finds a tenant by its slug. */
export async function findTenant(sql: Connection, slug: string): Promise<Tenant | undefined> {
  const [tenant] = await sql<Tenant[]>`
    select id, slug, schema_name as "schemaName" from public.tenants where slug = ${slug}`;
  return tenant;
}

/** Keeps a Meta app with its secret and verify token sealed; what was stored before is replaced. */
export async function saveMetaApp(sql: Connection, app: MetaApp, keys: SecretKeys): Promise<void> {
  const secret = seal(app.secret, keys, metaAppContext(app.appId, "secret"));
  const token = seal(app.verifyToken, keys, metaAppContext(app.appId, "verify_token"));
  await sql`
    insert into private.meta_apps (app_id, name, secret_key_id, secret_nonce, secret_ciphertext,
      verify_token_key_id, verify_token_nonce, verify_token_ciphertext)
    values (${app.appId}, ${app.name}, ${secret.keyId}, ${secret.nonce}, ${secret.ciphertext},
      ${token.keyId}, ${token.nonce}, ${token.ciphertext})
    on conflict (app_id) do update set
      name = excluded.name, secret_key_id = excluded.secret_key_id, secret_nonce = excluded.secret_nonce,
      secret_ciphertext = excluded.secret_ciphertext, verify_token_key_id = excluded.verify_token_key_id,
      verify_token_nonce = excluded.verify_token_nonce,
      verify_token_ciphertext = excluded.verify_token_ciphertext, updated_at = now()`;
}

/**
 * Gives a tenant a WhatsApp number and seals its access token; saving the same number again replaces both.
 *
 * @throws {Error} When the number belongs to another tenant.
 */
export async function saveNumber(sql: Connection, tenant: Tenant, number: WhatsAppNumber, keys: SecretKeys) {
  const settings = {
    app_id: number.appId,
    display_phone_number: number.displayPhoneNumber,
    ...(number.wabaId && { waba_id: number.wabaId }),
  };
  const [config] = await sql<{ id: string }[]>`
    insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name, settings)
    values (${tenant.id}, ${tenant.schemaName}, 'whatsapp', ${number.phoneNumberId},
      ${number.displayPhoneNumber}, ${sql.json(settings)})
    on conflict (channel_type, channel_id) do update
      set display_name = excluded.display_name, settings = client_configs.settings || excluded.settings
      where client_configs.client_id = excluded.client_id
    returning id`;
  if (!config) {
    throw new Error(
      `Cannot give number "${number.phoneNumberId}" to "${tenant.slug}": another tenant owns it`,
    );
  }
  if (!number.accessToken) return;
  const token = seal(number.accessToken, keys, channelSecretContext(config.id, "access_token"));
  await sql`
    insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext, last_four)
    values (${config.id}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${token.keyId}, ${token.nonce},
      ${token.ciphertext}, ${lastFourOf(number.accessToken)})
    on conflict (config_id, name) do update set key_id = excluded.key_id, nonce = excluded.nonce,
      ciphertext = excluded.ciphertext, last_four = excluded.last_four, updated_at = now()`;
}

/** Lets a person act for a tenant, with a login if they have none; an existing membership gets the new role. */
export async function saveMember(
  sql: Connection,
  users: UserAdmin,
  tenant: Tenant,
  member: Person & { password: string },
): Promise<{ isNewUser: boolean }> {
  const user = await users.ensureUser(member.email, member.password);
  await sql`
    insert into public.tenant_members (tenant_id, user_id, role, display_name)
    values (${tenant.id}, ${user.id}, ${member.role}, ${member.displayName})
    on conflict (tenant_id, user_id) do update set role = excluded.role
      where tenant_members.role <> excluded.role`;
  return { isNewUser: user.isNew };
}

/**
 * Publishes a machine for a tenant unless the same one is live already. Run it in a transaction: the search path that it
 * sets ends there.
 *
 * @returns The number of the new version, or `undefined` if nothing had to change.
 * @throws {InvalidMachine} With every problem of the definition.
 */
export async function publishMachine(
  sql: Connection,
  tenant: Tenant,
  definition: unknown,
  note: string,
): Promise<number | undefined> {
  const machine = JSON.parse(JSON.stringify(parseMachine(definition)));
  await sql`select set_config('search_path', ${tenant.schemaName} || ', extensions', true)`;
  const [live] = await sql<{ definition: unknown }[]>`
    select v.definition from state_machines m join state_machine_versions v on v.state_machine_id = m.id
    where m.is_active and v.published_at is not null order by v.version desc limit 1`;
  if (isDeepStrictEqual(live?.definition, machine)) return undefined;
  const [stored] = await sql<{ version: number }[]>`
    select private.store_machine_version(${sql.json(machine)}, ${note}, null) as version`;
  return stored?.version;
}
