/** The webhook on a real database, with tenants, numbers and signed bytes. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  type ReadWebhook,
  type Received,
  replayFailedWebhooks,
  type Tenant,
} from "@app/conversations/mod.ts";
import { readWebhook } from "@app/channels/mod.ts";
import {
  changeBody,
  type Customer,
  encodeBody,
  newMessageId,
  numberMetadata,
  signBody,
} from "@app/channels/testing.ts";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { openDatabase } from "../_shared/database.ts";
import { metaAppContext, readSecretKeys, seal } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { openRouter, type WhatsappRouter } from "./client-router.ts";
import { handle, type Ports } from "./handler.ts";

/** The app whose secret signs unless a test says otherwise, and another one of the same deployment. */
export const app = {
  id: "4001",
  secret: "app-secret",
  verifyToken: "verify-token",
};
export const otherApp = {
  id: "4002",
  secret: "other-app-secret",
  verifyToken: "other-verify-token",
};

/** A tenant with one number. */
export interface Shop extends Tenant {
  configId: string;
  phoneNumberId: string;
}

/** What a shop may have differently. */
interface ShopOptions {
  appId?: string;
  hasMachine?: boolean;
  debounceMs?: number;
  /** The WABA that its number belongs to; default: none is known. */
  accountId?: string;
  /** Its number as people know it. */
  displayPhone?: string;
}

/** The webhook under test. */
export interface Webhook {
  database: TestDatabase;
  ports: Ports;
  router: WhatsappRouter;
  /** What `wakeAt` was asked for. */
  wakes: Date[];
  /** How often `wakeJobs` was asked for. */
  jobWakes(): number;
  makeShop(options?: ShopOptions): Promise<Shop>;
  /** Sends a request as it is. */
  fetch(request: Request): Promise<Response>;
  /** Signs and posts a body; a string is sent as it is. */
  post(body: unknown, secret?: string): Promise<Response>;
  /** The same, and what was received; fails unless the answer is 200. */
  receive(body: unknown): Promise<Received>;
  replay(): ReturnType<typeof replayFailedWebhooks>;
  /** Rows of one tenant's table, as JSON, in the order of their first column. */
  rows(shop: Shop, table: string): Promise<Record<string, unknown>[]>;
  count(shop: Shop, table: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the webhook on a database of its own, or on `shared`. */
export async function startWebhook(shared?: TestDatabase): Promise<Webhook> {
  const database = shared ?? await startTestDatabase();
  const keys = readSecretKeys(`k1:${randomBytes(32).toString("base64")}`);
  await database.sql`delete from private.meta_apps`;
  for (const { id, secret, verifyToken } of [app, otherApp]) {
    const one = seal(secret, keys, metaAppContext(id, "secret"));
    const two = seal(verifyToken, keys, metaAppContext(id, "verify_token"));
    await database.sql`
      insert into private.meta_apps (app_id, name, secret_key_id, secret_nonce, secret_ciphertext,
        verify_token_key_id, verify_token_nonce, verify_token_ciphertext)
      values (${id}, ${id}, ${one.keyId}, ${one.nonce}, ${one.ciphertext}, ${two.keyId}, ${two.nonce}, ${two.ciphertext})`;
  }
  const port = openDatabase({ url: database.url, poolSize: 8, prepare: true });
  const wakes: Date[] = [];
  let jobWakes = 0;
  const router = openRouter(port, keys);
  const ports: Ports = {
    database: port,
    router,
    reopenMinutes: 60,
    wakeAt: (dueAt) => void wakes.push(dueAt),
    wakeJobs: () => void jobWakes++,
  };
  const { fetch } = serve(
    "webhook-whatsapp",
    (request, context) => handle(request, context, ports),
  );

  async function post(body: unknown, secret = app.secret): Promise<Response> {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : encodeBody(body);
    const signature = await signBody(secret, bytes);
    return await fetch(
      new Request(url, {
        method: "POST",
        headers: { "x-hub-signature-256": signature },
        body: bytes,
      }),
    );
  }

  async function rows(
    shop: Shop,
    table: string,
  ): Promise<Record<string, unknown>[]> {
    const found = await database.sql<{ row: Record<string, unknown> }[]>`
      select to_jsonb(t) as row from ${database.sql(shop.schemaName)}.${database.sql(table)} t order by 1`;
    return found.map(({ row }) => row);
  }

  const read: ReadWebhook = (body) => readWebhook(encodeBody(body));
  return {
    database,
    ports,
    router,
    wakes,
    jobWakes: () => jobWakes,
    fetch,
    post,
    rows,
    makeShop: (options) => makeShop(database, options),
    async receive(body) {
      const response = await post(body);
      const answer = await response.json();
      if (response.status !== 200) {
        throw new Error(
          `answered ${response.status}: ${JSON.stringify(answer)}`,
        );
      }
      return answer.received;
    },
    replay: () => replayFailedWebhooks(10, { ...ports, readWebhook: read }),
    count: async (shop, table) => (await rows(shop, table)).length,
    async stop() {
      await port.close();
      if (shared === undefined) await database.stop();
    },
  };
}

/** Where the webhook is, for requests that tests make themselves. */
export const url = "http://127.0.0.1/webhook-whatsapp";

/** The body of a POST with one change of a field that speaks of a shop's number. */
export function fieldBody(
  shop: Shop,
  field: string,
  value: Record<string, unknown>,
): Record<string, unknown> {
  return changeBody(field, {
    metadata: numberMetadata(shop.phoneNumberId),
    ...value,
  });
}

/** A message that the owner of a shop typed in the phone app, as an item of `message_echoes`; default: a text, now. */
export function echoMessage(
  to: Customer,
  body: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> & { id: string } {
  return {
    from: "15550783881",
    to: to.phone,
    to_user_id: to.userId,
    id: newMessageId(),
    timestamp: seconds(new Date()),
    type: "text",
    text: { body },
    ...more,
  };
}

/** A time as Meta writes it. */
export function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

/** A person that no test has used. */
export function newCustomer(): Customer {
  const digits = String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(
    10,
    "0",
  );
  return { phone: `521${digits}`, userId: `MX.${digits}`, name: "Ana" };
}

let shops = 0;

async function makeShop(
  database: TestDatabase,
  options: ShopOptions = {},
): Promise<Shop> {
  const {
    appId = app.id,
    hasMachine = true,
    debounceMs = 4000,
    accountId,
    displayPhone,
  } = options;
  const settings = {
    app_id: appId,
    ...(accountId !== undefined && { waba_id: accountId }),
    ...(displayPhone !== undefined && { display_phone_number: displayPhone }),
  };
  const slug = `shop_${++shops}_${randomUUID().slice(0, 8)}`;
  const phoneNumberId = String(
    crypto.getRandomValues(new BigUint64Array(1))[0],
  );
  return await database.sql.begin(async (sql) => {
    await sql`select private.provision_tenant(${slug}, 'Shop')`;
    const [tenant] = await sql<{ id: string; schemaName: string }[]>`
      select t.id, t.schema_name as "schemaName" from public.tenants t where t.slug = ${slug}`;
    if (tenant === undefined) {
      throw new Error("Cannot make a shop: it was not provisioned");
    }
    const [config] = await sql<{ id: string }[]>`
      insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name, debounce_ms, settings)
      values (${tenant.id}, ${tenant.schemaName}, 'whatsapp', ${phoneNumberId}, 'Sales', ${debounceMs},
        ${sql.json(settings)})
      returning id`;
    if (hasMachine) {
      await sql`select set_config('search_path', ${`${tenant.schemaName}, extensions`}, true)`;
      await sql`with machine as (insert into state_machines (name, is_active) values ('Sale', true) returning id)
        insert into state_machine_versions (state_machine_id, version, definition, published_at)
        select id, 1, '{}', now() from machine`;
    }
    return { ...tenant, configId: config?.id ?? "", phoneNumberId };
  });
}
