/** From a WhatsApp number to its tenant, and from a signature to its app. */
import { z } from "zod";
import type { AppSecret } from "@app/channels/mod.ts";
import type { ClientRouter, Database, Route } from "@app/conversations/mod.ts";
import { findAccounts } from "../_shared/find-accounts.ts";
import { metaAppContext, open, type SecretKeys } from "../_shared/sealed-secrets.ts";

/** The Meta apps of this deployment. */
interface MetaApps {
  secrets: AppSecret[];
  verifyTokens: string[];
}

/** Finds owners of numbers, and remembers the apps. */
export interface WhatsappRouter extends ClientRouter {
  /** The apps, at most {@linkcode memoryMs} old. */
  apps(): Promise<MetaApps>;
  /** The apps as they are now, asked for when a signature fits none; at most once a second, whoever knocks. */
  freshApps(): Promise<MetaApps>;
}

/**
 * How long an answer is remembered in an isolate. Within this time after the change in the registry:
 * - a secret that was taken away still verifies; a new one works at once;
 * - a number whose `app_id` changed is still accepted from the old app.
 * A suspended tenant, a disabled, moved or dropped number is noticed at once, since `engine.receive_messages` reads the
 * registry itself in the transaction that stores.
 */
const memoryMs = 10_000;
const leastGapMs = 1_000;

const routeRow = z.object({
  configId: z.uuid(),
  channelId: z.string(),
  tenantId: z.uuid(),
  schemaName: z.string(),
  appId: z.string().nullable(),
});

const bytes = z.instanceof(Uint8Array);
const appRow = z.object({
  appId: z.string(),
  secretKeyId: z.string(),
  secretNonce: bytes,
  secretCiphertext: bytes,
  verifyTokenKeyId: z.string(),
  verifyTokenNonce: bytes,
  verifyTokenCiphertext: bytes,
});

interface Remembered<T> {
  value: T;
  at: number;
}

/** Makes the router of an isolate. */
export function openRouter(
  database: Database,
  keys: SecretKeys,
  now = () => performance.now(),
): WhatsappRouter {
  const routes = new Map<string, Remembered<Route>>();
  let apps: Remembered<Promise<MetaApps>> | undefined;

  function load(): Promise<MetaApps> {
    const value = readApps(database, keys);
    apps = { value, at: now() };
    // A failure is not remembered.
    value.catch(() => apps = undefined);
    return value;
  }

  async function findInRegistry(channelIds: readonly string[]): Promise<void> {
    const rows = await database.withRouter((sql) =>
      sql`select c.id as "configId", c.channel_id as "channelId", c.client_id as "tenantId",
          c.schema_name as "schemaName", c.settings ->> 'app_id' as "appId"
        from public.client_configs c
        where c.channel_type = 'whatsapp'
          and c.channel_id in (select n.id from jsonb_array_elements_text(${sql.json(channelIds)}) as n (id))`
    );
    for (
      const { configId, channelId, tenantId, schemaName, appId } of z.array(
        routeRow,
      ).parse(rows)
    ) {
      routes.set(channelId, {
        value: { configId, tenant: { id: tenantId, schemaName }, appId },
        at: now(),
      });
    }
  }

  function remembered(channelId: string): Route | undefined {
    const route = routes.get(channelId);
    if (route !== undefined && now() - route.at <= memoryMs) return route.value;
    routes.delete(channelId);
  }

  return {
    apps: () => apps !== undefined && now() - apps.at <= memoryMs ? apps.value : load(),
    freshApps: () => apps !== undefined && now() - apps.at <= leastGapMs ? apps.value : load(),
    async find(_channelType, channelIds) {
      const missing = channelIds.filter((id) => remembered(id) === undefined);
      // Unknown numbers are asked for each time: a new one works from its first message.
      if (missing.length > 0) await findInRegistry(missing);
      return new Map(channelIds.flatMap((id) => {
        const route = remembered(id);
        return route === undefined ? [] : [[id, route]];
      }));
    },
    findAccounts: findAccounts(database),
    forget: (_channelType, channelId) => void routes.delete(channelId),
  };
}

async function readApps(
  database: Database,
  keys: SecretKeys,
): Promise<MetaApps> {
  const rows = await database.withRouter((sql) =>
    sql`select app_id as "appId",
        secret_key_id as "secretKeyId", secret_nonce as "secretNonce", secret_ciphertext as "secretCiphertext",
        verify_token_key_id as "verifyTokenKeyId", verify_token_nonce as "verifyTokenNonce",
        verify_token_ciphertext as "verifyTokenCiphertext"
      from private.meta_apps order by app_id`
  );
  const parsed = z.array(appRow).parse(rows);
  return {
    secrets: parsed.map((app) => ({
      appId: app.appId,
      secret: openSecret(app, keys),
    })),
    verifyTokens: parsed.map((app) => openVerifyToken(app, keys)),
  };
}

function openSecret(app: z.infer<typeof appRow>, keys: SecretKeys): string {
  const sealed = {
    keyId: app.secretKeyId,
    nonce: app.secretNonce,
    ciphertext: app.secretCiphertext,
  };
  return open(sealed, keys, metaAppContext(app.appId, "secret"));
}

function openVerifyToken(
  app: z.infer<typeof appRow>,
  keys: SecretKeys,
): string {
  const {
    verifyTokenKeyId: keyId,
    verifyTokenNonce: nonce,
    verifyTokenCiphertext: ciphertext,
  } = app;
  return open(
    { keyId, nonce, ciphertext },
    keys,
    metaAppContext(app.appId, "verify_token"),
  );
}
