/** A database with tenants, a provider that notes what it is sent, and a worker, for tests of turns and deliveries. */
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import type { Work } from "@app/conversations/mod.ts";
import { type OpenDatabase, openDatabase } from "../_shared/database.ts";
import { makeTenant, type TestTenant, write } from "./testing/test-tenant.ts";
import { makeWorker, type TestWorker, type WorkerChanges } from "./testing/test-worker.ts";

export { memoryFiles } from "./testing/memory-files.ts";
export { accept } from "./testing/test-worker.ts";
export type { TestTenant };

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
