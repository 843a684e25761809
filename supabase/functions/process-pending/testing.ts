/** A database with tenants, a provider that notes what it is sent, and a worker, for tests of turns and deliveries. */
import { NotFound } from "@app/contracts/mod.ts";
import { whatsappRates, writeReply } from "@app/channels/mod.ts";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import {
  type Channel,
  defaultWorkSettings,
  type Files,
  type FileToSend,
  type OutgoingMessage,
  type PostOutcome,
  processDueWork,
  type Run,
  type SendRates,
  systemTimers,
  type Tenant,
  type ToolSets,
  type Work,
  type WorkPorts,
  type WorkSettings,
} from "@app/conversations/mod.ts";
import { offlineEmbedder } from "@app/models/mod.ts";
import type { Embedder, LanguageModel } from "@app/sales-engine/mod.ts";
import { buildProposal, demoMachines, scriptedModel } from "@app/sales-engine/testing.ts";
import { type OpenDatabase, openDatabase } from "../_shared/database.ts";

/** A tenant with one WhatsApp number and a published machine. */
export interface TestTenant extends Tenant {
  configId: string;
}

/** What a test does to the world, and what it sees of it. */
export interface TestWorld {
  database: OpenDatabase;
  /** For a process of its own. */
  url: string;
  admin: TestDatabase["sql"];
  /** Makes a tenant; messages are due at once unless `debounceMs` says otherwise. */
  makeTenant(
    options?: { debounceMs?: number; hasMachine?: boolean },
  ): Promise<TestTenant>;
  /** A contact writes; resolves with the session's id. */
  write(
    tenant: TestTenant,
    phone: string,
    text: string,
    more?: Record<string, unknown>,
  ): Promise<string>;
  /** Rows of a statement on one tenant's tables, as the worker sees them. */
  look<Row extends object>(
    tenant: TestTenant,
    work: Work<Row[]>,
  ): Promise<Row[]>;
  /** Makes the ports of a worker; all messages are accepted and all turns say hello unless told otherwise. */
  worker(changes?: WorkerChanges): TestWorker;
  stop(): Promise<void>;
}

/** What a worker's test wants to be different. */
interface WorkerChanges {
  model?: LanguageModel | null;
  /** Default: finding some is an error. */
  tools?: ToolSets;
  /** Default: the same. */
  smallerModel?: LanguageModel;
  /** Default: the offline one. */
  embedder?: Embedder | null;
  settings?: Partial<WorkSettings>;
  rates?: Partial<SendRates>;
  files?: Files;
  upload?: (
    file: FileToSend,
  ) => Promise<{ externalId: string; goodForSeconds: number }>;
  post?: (
    message: OutgoingMessage,
    signal: AbortSignal,
  ) => Promise<PostOutcome> | PostOutcome;
}

/** A worker and its witness. */
interface TestWorker {
  ports: WorkPorts;
  /** Every POST, in order. */
  posts: OutgoingMessage[];
  /** Every file that was given to the provider, in order. */
  uploads: FileToSend[];
  /** Provider ids of messages that were shown as read. */
  typed: string[];
  /** What was reported to operations. */
  reports: string[];
  start(): Run;
  /** Works until nothing is due and everything has ended. */
  run(): Promise<void>;
}

/** Starts a real database for a test file; about 2 s. */
export async function startWorld(): Promise<TestWorld> {
  const postgres = await startTestDatabase();
  const database = openDatabase({
    url: postgres.url,
    poolSize: 6,
    prepare: true,
  });
  let tenants = 0;
  return {
    database,
    url: postgres.url,
    admin: postgres.sql,
    async makeTenant(options = {}) {
      const slug = `t${++tenants}`;
      return await makeTenant(
        postgres.sql,
        slug,
        options.debounceMs ?? 0,
        options.hasMachine ?? true,
      );
    },
    write: (tenant, phone, text, more) => write(database, tenant, phone, text, more),
    look: (tenant, work) => database.withTenant(tenant, work),
    worker: (changes) => makeWorker(database, changes),
    async stop() {
      await database.close();
      await postgres.stop();
    },
  };
}

async function makeTenant(
  sql: TestDatabase["sql"],
  slug: string,
  debounceMs: number,
  hasMachine: boolean,
): Promise<TestTenant> {
  const [tenant] = await sql`select private.provision_tenant(${slug}, ${`Tenant ${slug}`}) as id`;
  const [config] = await sql`
    insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name, debounce_ms,
      debounce_max_ms)
    values (${tenant?.id}, ${`client_${slug}`}, 'whatsapp', ${`1000${slug.slice(1)}`}, ${slug}, ${debounceMs},
      ${Math.max(20_000, debounceMs)})
    returning id`;
  const schemaName = `client_${slug}`;
  if (hasMachine) {
    await sql`
      with machine as (
        insert into ${sql(schemaName)}.state_machines (name, is_active) values ('Sales', true) returning id
      )
      insert into ${
      sql(schemaName)
    }.state_machine_versions (state_machine_id, version, definition, published_at)
      select id, 1, ${sql.json(JSON.parse(JSON.stringify(demoMachines.gym)))}, now() from machine`;
  }
  return { id: tenant?.id, schemaName, configId: config?.id };
}

let written = 0;

async function write(
  database: OpenDatabase,
  tenant: TestTenant,
  phone: string,
  text: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const message = {
    kind: "message",
    externalId: `wamid.in${++written}`,
    timestamp: new Date().toISOString(),
    identities: [{ kind: "phone", externalId: phone }],
    profile: {},
    type: "text",
    content: text,
    payload: { text: { body: text } },
    isTap: false,
    needsAnswer: true,
    ...more,
  };
  const [row] = await database.withTenant(tenant, async (sql) => {
    await sql`select engine.receive_messages(${tenant.configId}::uuid, ${sql.json([message])})`;
    return await sql<{ id: string }>`
      select s.id from sessions s join contact_identities i on i.contact_id = s.contact_id
      where i.external_id = ${phone} order by s.created_at desc limit 1`;
  });
  if (!row) throw new Error(`Cannot find the session of "${phone}"`);
  return row.id;
}

let accepted = 0;
let uploaded = 0;

function makeWorker(
  database: OpenDatabase,
  changes: WorkerChanges = {},
): TestWorker {
  const posts: OutgoingMessage[] = [];
  const uploads: FileToSend[] = [];
  const typed: string[] = [];
  const reports: string[] = [];
  const channel: Channel = {
    async send(message, signal) {
      posts.push(message);
      return await changes.post?.(message, signal) ?? accept();
    },
    async uploadFile(file) {
      uploads.push(file);
      return await changes.upload?.(file) ??
        { externalId: `upload${++uploaded}`, goodForSeconds: 86_400 };
    },
    showTyping: (externalId) => Promise.resolve(void typed.push(externalId)),
  };
  const model = changes.model === undefined ? scriptedModel(buildProposal()) : changes.model;
  const ports: WorkPorts = {
    database,
    channels: { open: () => Promise.resolve(channel) },
    files: changes.files ?? memoryFiles(),
    models: {
      modelFor: (_tenant, _settings, isSaving) =>
        Promise.resolve(isSaving ? changes.smallerModel ?? model : model),
    },
    embedders: {
      embedderFor: () =>
        Promise.resolve(
          changes.embedder === undefined ? offlineEmbedder() : changes.embedder,
        ),
    },
    tools: changes.tools ??
      {
        toolsFor: () => Promise.reject(new Error("Cannot find tools: the test gave none")),
      },
    writeReply,
    rates: { ...whatsappRates, ...changes.rates },
    timers: systemTimers,
    settings: { ...defaultWorkSettings, ...changes.settings },
    report: (event, error) =>
      void reports.push(
        `${event}: ${error instanceof Error ? error.message : error}`,
      ),
  };
  const start = () => processDueWork(ports);
  return {
    ports,
    posts,
    uploads,
    typed,
    reports,
    start,
    async run() {
      const run = start();
      await run.claimed;
      await run.finished;
    },
  };
}

/** Files in memory, by tenant and path. */
export function memoryFiles(): Files & {
  stored: Map<string, Uint8Array<ArrayBuffer>>;
} {
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    stored,
    read(tenant, path) {
      const bytes = stored.get(`${tenant.schemaName}/${path}`);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new NotFound(`Cannot read file "${path}"`));
    },
    write(tenant, path, { bytes }) {
      return Promise.resolve(
        void stored.set(`${tenant.schemaName}/${path}`, bytes),
      );
    },
  };
}

/** The provider takes the message. */
export function accept(): PostOutcome {
  return { kind: "accepted", externalId: `wamid.out${++accepted}` };
}
