import assert from "node:assert/strict";
import { openDatabase } from "../../functions/_shared/database.ts";
import type { Stage } from "../testing/stage.ts";
import type { StagedTenant } from "../testing/staged-tenant.ts";
import { rounds } from "./probing/rounds.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

const count = rounds(2000);

interface Seen {
  actor: string;
  path: string;
  claims: string;
  names: string[];
}

/** What every use of a connection must see: its own role, path, claims and rows. Claims of somebody else stay nowhere. */
function check(seen: Seen | undefined, tenant: StagedTenant, actor: string, sub = "") {
  assert.ok(seen);
  assert.equal(seen.actor, actor);
  assert.equal(seen.path, `${tenant.schemaName}, engine, extensions`);
  assert.equal(seen.claims === "" ? "" : JSON.parse(seen.claims).sub, sub);
  assert.deepEqual(seen.names, [`canary name of ${tenant.slug}`]);
}

Deno.test(`two connections that change between tenants ${count} times carry nothing from one to the other`, async () => {
  const database = openDatabase({ url: stage.database.url, poolSize: 2, prepare: true });
  const tenants = [stage.a, stage.b];
  const read = (
    sql: <R extends object>(text: TemplateStringsArray, ...values: string[]) => Promise<R[]>,
  ) =>
    sql<Seen>`
      select current_user as actor, current_setting('search_path') as path,
        coalesce(current_setting('request.jwt.claims', true), '') as claims,
        (select jsonb_agg(name) from contacts) as names`;
  const uses = [
    async (tenant: StagedTenant) => {
      const [seen] = await database.withTenant(tenant, (sql) => read(sql));
      check(seen, tenant, `${tenant.schemaName}_worker`);
    },
    async (tenant: StagedTenant) => {
      const sub = tenant.people.agent;
      const [seen] = await database.withMember({ sub }, tenant, (sql) => read(sql));
      check(seen, tenant, "authenticated", sub);
    },
    async (tenant: StagedTenant) => {
      // A call is read before its path is set, so the table is named in a text that is read later.
      const names = await database.callAsTenant(
        tenant,
        (call) => call`query_to_xml('select name from contacts', true, false, '')::text`,
      );
      assert.match(String(names), new RegExp(`<name>canary name of ${tenant.slug}</name>`));
      assert.equal(String(names).match(/<row/g)?.length, 1);
    },
    // A transaction that fails half-way leaves no role, path or claims behind either.
    async (tenant: StagedTenant) => {
      const failing = database.withMember({ sub: tenant.people.owner }, tenant, async (sql) => {
        await read(sql);
        await sql`select 1 / 0`;
      });
      await assert.rejects(failing);
    },
    async () => {
      const [row] = await database.withRouter((sql) =>
        sql<{ actor: string; path: string }>`
          select current_user as actor, current_setting('search_path') as path`
      );
      assert.deepEqual({ ...row }, { actor: "engine_router", path: "engine, extensions" });
    },
  ];
  let made = 0;
  const lane = async () => {
    while (made < count) {
      const round = made++;
      const tenant = tenants[round % 2];
      const use = uses[Math.floor(Math.random() * uses.length)];
      if (tenant && use) await use(tenant);
    }
  };
  try {
    await Promise.all([1, 2, 3, 4, 5, 6].map(lane));
    assert.ok(made >= count);
  } finally {
    await database.close();
  }
});
