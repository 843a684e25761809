import type { Sql } from "postgres";
import { sqlUserAdmin } from "../../../scripts/tenant/user-admin.ts";
import { randomBytes } from "node:crypto";

/** A tenant with a number, an owner, an admin, an agent, and one row in every table of its schema. */
export interface StagedTenant {
  id: string;
  slug: string;
  schemaName: string;
  configId: string;
  people: { owner: string; admin: string; agent: string };
  contactId: string;
  sessionId: string;
  /** An inbound message that nobody answered. */
  messageId: string;
  versionId: string;
}

/** Provisions a tenant and fills it; `digits` make its number. */
export async function stageTenant(sql: Sql, slug: string, digits: string): Promise<StagedTenant> {
  return await sql.begin(async (transaction) => {
    const [tenant] = await transaction<{ id: string; schemaName: string }[]>`
      with made as (select private.provision_tenant(${slug}, ${slug}) as id)
      select id, 'client_' || ${slug} as "schemaName" from made`;
    if (!tenant) throw new Error(`Cannot stage tenant "${slug}"`);
    const people = { owner: "", admin: "", agent: "" };
    for (const role of ["owner", "admin", "agent"] as const) {
      const user = await sqlUserAdmin(transaction).ensureUser(`${role}@${slug}.test`, "not-used-here");
      people[role] = user.id;
      await transaction`
        insert into public.tenant_members (tenant_id, user_id, role, display_name)
        values (${tenant.id}, ${user.id}, ${role}, ${role})`;
    }
    await transaction`
      insert into public.tenant_invitations (tenant_id, email, role, token_hash, invited_by, expires_at)
      values (${tenant.id}, 'new@person.test', 'agent', ${slug}, ${people.owner}, now() + interval '1 day')`;
    await transaction`
      insert into public.push_subscriptions (tenant_id, user_id, endpoint, p256dh, auth)
      values (${tenant.id}, ${people.agent}, ${`https://fcm.googleapis.com/fcm/send/${slug}`}, ${
      "B".repeat(87)
    }, ${"a".repeat(22)})`;
    const [config] = await transaction<{ id: string }[]>`
      insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name)
      values (${tenant.id}, ${tenant.schemaName}, 'whatsapp', ${digits}, ${slug}) returning id`;
    const configId = config?.id ?? "";
    await transaction`
      insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
      values (${configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', 'k1', ${randomBytes(12)},
        ${randomBytes(40)})`;
    await transaction`
      insert into private.tenant_secrets (tenant_id, schema_name, name, key_id, nonce, ciphertext)
      values (${tenant.id}, ${tenant.schemaName}, 'gemini_api_key', 'k1', ${randomBytes(12)}, ${
      randomBytes(40)
    })`;
    await transaction`
      insert into private.meta_apps (app_id, name, secret_key_id, secret_nonce, secret_ciphertext,
        verify_token_key_id, verify_token_nonce, verify_token_ciphertext)
      values (${digits}, ${slug}, 'k1', ${randomBytes(12)}, ${randomBytes(40)}, 'k1', ${randomBytes(12)},
        ${randomBytes(40)})`;
    await transaction`
      insert into private.failed_webhooks (channel_type, tenant_id, body, body_hash, reason)
      values ('whatsapp', ${tenant.id}, '{}', ${slug}, 'staged')`;
    await transaction`
      insert into private.sending_rates (config_id, tenant_id, schema_name, full_at)
      values (${configId}, ${tenant.id}, ${tenant.schemaName}, now())`;
    await transaction`insert into private.jobs (tenant_id, name) values (${tenant.id}, 'staged')`;
    await transaction`select private.take_token(${`staged:${tenant.id}`}, 'caller')`;
    await transaction`select set_config('search_path', ${tenant.schemaName}, true)`;
    await transaction`
      select private.store_machine_version('{"initial":"greeting","states":{"greeting":{}}}', 'staged', null)`;
    const rows = await transaction<
      Omit<StagedTenant, "id" | "slug" | "schemaName" | "configId" | "people">[]
    >`
      with contact as (insert into contacts (name) values ('Ana') returning id),
      identity as (
        insert into contact_identities (contact_id, channel_type, kind, external_id)
        select id, 'whatsapp', 'phone', '59170000000' from contact
      ),
      session as (
        insert into sessions (contact_id, config_id, last_message_at, message_count)
        select id, ${configId}, now(), 1 from contact returning id, contact_id
      ),
      file as (insert into media (mime_type, path, status) values ('image/jpeg', 'staged.jpg', 'stored') returning id),
      upload as (
        insert into media_uploads (media_id, config_id, external_id, expires_at)
        select id, ${configId}, 'upload.1', now() + interval '30 days' from file
      ),
      turn as (insert into turns (session_id, fence) select id, 0 from session returning id),
      message as (
        insert into messages (session_id, config_id, direction, sender_type, type, content, status, external_id, media_id)
        select session.id, ${configId}, 'inbound', 'contact', 'text', 'hola', 'received', 'wamid.1', file.id
        from session, file returning id, session_id
      ),
      pending as (insert into pending_messages (message_id, session_id) select id, session_id from message),
      early as (
        insert into early_statuses (config_id, external_id, status, body) values (${configId}, 'wamid.9', 'sent', '{}')
      ),
      told as (
        insert into channel_events (config_id, kind, external_id, occurred_at) values (${configId}, 'notice', 'staged', now())
      ),
      template as (
        insert into message_templates (account_id, name, language) values ('300', 'staged', 'es')
      ),
      escalation as (insert into escalations (session_id, reason) select id, 'asked' from session returning id),
      phone as (
        insert into alert_phones (user_id, code, code_expires_at) values (${people.agent}, 'staged', now())
      ),
      alerted as (
        insert into alerts (escalation_id, round, rung, cause, user_id, way)
        select id, 1, 'agent', 'request', ${people.agent}, 'app' from escalation
      ),
      promised as (
        insert into promises (session_id, content, doer, due_at)
        select id, 'Le llamo', 'person', now() + interval '1 day' from session
      ),
      canned as (
        insert into quick_replies (shortcut, content, created_by) values ('hola', 'Hola', ${people.agent})
      ),
      answer as (insert into canonical_answers (answers) values ('{"es": "A las 9."}') returning id),
      variant as (insert into canonical_variants (answer_id, text) select id, '¿A qué hora abren?' from answer),
      reminder as (
        insert into follow_ups (session_id, fence, due_at, note) select id, 0, now(), 'staged' from session
      ),
      tool as (
        insert into tools (name, description, parameters, url_template)
        values ('staged', 'Staged.', '{"type": "object"}', 'https://shop.test/x')
      ),
      shared as (insert into shared_files (name, description, media_id) select 'catalogue', 'Staged.', id from file),
      spent as (insert into spendings (day, usd) values ('2026-11-30', 0.5)),
      reserved as (
        insert into budget_reservations (turn_id, contact_id, day, usd, expires_at)
        select turn.id, session.contact_id, '2026-11-30', 0.05, now() from turn, session
      ),
      event as (
        insert into events (session_id, actor_type, name) select id, 'system', 'session_opened' from session
      )
      select session.contact_id as "contactId", session.id as "sessionId", message.id as "messageId",
        (select id from state_machine_versions) as "versionId"
      from session, message, turn`;
    const [row] = rows;
    if (!row) throw new Error(`Cannot fill tenant "${slug}"`);
    await transaction`
      insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
      values (${tenant.id}, ${tenant.schemaName}, ${row.sessionId}, 'turn', now())`;
    return { id: tenant.id, slug, schemaName: tenant.schemaName, configId, people, ...row };
  });
}
