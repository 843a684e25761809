import assert from "node:assert/strict";
import { compare, type Matrix, readMatrix, type Row } from "./testing/matrix.ts";
import { rolledBack, type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** What an actor may do with the rows of tenant a. Who is not named may do nothing; nobody of tenant b is ever named. */
function may(agent: string, owner: string, worker: string, router = ""): Partial<Row> {
  return { "agent of a": agent, "owner of a": owner, "worker of a": worker, router };
}

const nobody = may("", "", "");
const everything = "siud";

const wanted: Record<string, Partial<Row>> = {
  "public.tenants": may("s", "su", "s", "s"),
  "public.client_configs": may("s", "su", "s", "s"),
  "public.tenant_members": may("su", "su", ""),
  "public.tenant_invitations": may("", "s", ""),
  "private.channel_secrets": may("", "", "s"),
  // Of no tenant: one Meta app may serve several.
  "private.meta_apps": may("", "", "", "s"),
  "private.due_work": may("", "", everything, "su"),
  "private.jobs": may("", "", "i", "su"),
  "private.rate_rules": nobody,
  "private.rate_limits": nobody,
  "private.failed_webhooks": may("", "", "i", "siu"),
  "private.tenant_steps": nobody,
  "private.tenant_step_ledger": nobody,
  "tenant.contacts": may("su", "su", everything),
  "tenant.contact_identities": may("s", "s", everything),
  "tenant.sessions": may("su", "su", everything),
  "tenant.messages": may("si", "si", everything),
  "tenant.pending_messages": may("sd", "sd", everything),
  "tenant.media": may("s", "s", everything),
  "tenant.turns": may("s", "s", everything),
  "tenant.escalations": may("su", "su", everything),
  "tenant.events": may("si", "si", everything),
  "tenant.early_statuses": may("", "", everything),
  "tenant.state_machines": may("s", "siu", everything),
  "tenant.state_machine_versions": may("s", "siud", everything),
};

Deno.test("the matrix of tables, operations and actors is as wanted", async () => {
  const matrix = await rolledBack(stage.sql, (sql) => readMatrix(sql, stage));
  assert.deepEqual(compare(matrix, wanted), []);
});

Deno.test("the matrix stays closed to strangers when a platform grants every table to every API role", async () => {
  const matrix = await rolledBack(stage.sql, async (sql) => {
    for (const schema of ["public", "private", stage.a.schemaName]) {
      await sql`grant usage on schema ${sql(schema)} to anon, authenticated`;
      await sql`grant all on all tables in schema ${sql(schema)} to anon, authenticated`;
    }
    return await readMatrix(sql, stage);
  });
  const outsiders = ["anon", "stranger", "agent of b", "owner of b", "worker of b"] as const;
  const open = Object.entries(matrix).flatMap(([table, row]) =>
    outsiders.filter((actor) => row[actor] !== "").map((actor) => `${table}: ${actor} may "${row[actor]}"`)
  );
  assert.deepEqual(open, []);
});

/** The matrix after something was done to the database. */
async function afterPlanting(
  plant: (sql: Parameters<typeof readMatrix>[0]) => Promise<unknown>,
): Promise<Matrix> {
  return await rolledBack(stage.sql, async (sql) => {
    await plant(sql);
    return await readMatrix(sql, stage);
  });
}

Deno.test("the matrix shows a policy that lets everybody read", async () => {
  const matrix = await afterPlanting((sql) =>
    sql`create policy "Leak" on ${sql(stage.a.schemaName)}.contacts for select to authenticated using (true)`
  );
  assert.deepEqual(compare(matrix, wanted), [
    'tenant.contacts: stranger may "s", wanted ""',
    'tenant.contacts: agent of b may "s", wanted ""',
    'tenant.contacts: owner of b may "s", wanted ""',
  ]);
});

Deno.test("the matrix shows a worker that was let into another tenant's schema", async () => {
  const matrix = await afterPlanting(async (sql) => {
    const other = sql(`${stage.b.schemaName}_worker`);
    await sql`grant usage on schema ${sql(stage.a.schemaName)} to ${other}`;
    await sql`grant update on ${sql(stage.a.schemaName)}.sessions to ${other}`;
  });
  assert.deepEqual(compare(matrix, wanted), ['tenant.sessions: worker of b may "u", wanted ""']);
});

Deno.test("the matrix shows shared work that is open to every worker", async () => {
  const matrix = await afterPlanting((sql) =>
    sql`create policy "Leak" on private.due_work for delete to engine_worker using (true)`
  );
  assert.deepEqual(compare(matrix, wanted), ['private.due_work: worker of b may "d", wanted ""']);
});

Deno.test("the matrix shows a table that nobody listed", async () => {
  const matrix = await afterPlanting(async (sql) => {
    await sql`create table ${sql(stage.a.schemaName)}.forgotten (id integer primary key)`;
    await sql`insert into ${sql(stage.a.schemaName)}.forgotten values (1)`;
  });
  assert.deepEqual(compare(matrix, wanted), ["tenant.forgotten is not listed"]);
});
