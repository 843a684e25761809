import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { type Platform, startPlatform } from "@app/local-supabase/mod.ts";
import { freePort } from "@app/local-supabase/testing.ts";
import { readSecretKeys } from "../../functions/_shared/sealed-secrets.ts";
import { saveMetaApp } from "../../../scripts/tenant/registry.ts";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { type Belongings, belongingsOfA } from "./probing/foreign-values.ts";
import { listFunctions } from "./probing/function-matrix.ts";
import { listTables } from "./probing/list-tables.ts";
import { type Material, randomSwap, type Swap } from "./probing/random-swaps.ts";
import { rounds } from "./probing/rounds.ts";
import { startWalls } from "./probing/start-walls.ts";

const count = rounds(500);
const sealingKeys = `k1:${randomBytes(32).toString("base64")}`;
let stage: Stage;
let platform: Platform;
let folder: string;

Deno.test.beforeAll(async () => {
  console.error = () => {};
  stage = await startWalls();
  await holdStill();
  folder = await mkdtemp(join(tmpdir(), "isolation-swaps-"));
  platform = await startPlatform({
    folder,
    environment: {
      DATABASE_URL: stage.database.adminUrl,
      API_PORT: String(freePort()),
      DATABASE_PORT: String(freePort()),
      SWEEP_SECONDS: "60",
      SECRETS_KEYS: sealingKeys,
    },
    say: () => {},
    isWatching: false,
  });
});
Deno.test.afterAll(async () => {
  await platform.stop();
  await stage.stop();
  await rm(folder, { recursive: true, force: true });
  console.error = consoleError;
});

/** The platform tells of each refusal; of hundreds that were asked for, nobody wants to read. */
const consoleError = console.error;

/** Nothing but the swaps may change what is tenant a's, and no limit of rate may stand before the walls. */
async function holdStill(): Promise<void> {
  await stage.sql`update private.due_work set due_at = '2100-01-01'`;
  await stage.sql`update private.jobs set due_at = '2100-01-01'`;
  await stage.sql`update private.failed_webhooks set next_attempt_at = '2100-01-01'`;
  for (const { app_id } of await stage.sql<{ app_id: string }[]>`select app_id from private.meta_apps`) {
    const app = { appId: app_id, name: app_id, secret: "swaps-secret", verifyToken: "swaps-token" };
    await saveMetaApp(stage.sql, app, readSecretKeys(sealingKeys));
  }
  await stage.sql`update private.rate_rules set per_second = 1e6, burst = 1e6`;
}

async function signIn(email: string): Promise<string> {
  const response = await fetch(`${platform.apiUrl}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: platform.status.publishable_key ?? "", "content-type": "application/json" },
    body: JSON.stringify({ email, password: "not-used-here" }),
  });
  const { access_token } = await response.json();
  assert.ok(access_token, `cannot sign in ${email}`);
  return access_token;
}

async function gather(): Promise<{ material: Material; belongings: Belongings }> {
  const config = parse(await readFile("supabase/config.toml", "utf8"));
  return await rolledBack(stage.sql, async (sql) => {
    const belongings = await belongingsOfA(sql, stage);
    const own = await belongingsOfA(sql, { a: stage.b, b: stage.a });
    const functions = (await listFunctions(sql, stage)).filter(({ label }) => label.startsWith("api."));
    const relations = (await listTables(sql, stage.a)).map(({ schema, name }) => ({ schema, name }));
    return {
      belongings,
      material: {
        functions,
        relations,
        edgeFunctions: Object.keys(config.functions ?? {}),
        a: { tenantId: stage.a.id, ids: belongings.ids },
        b: { tenantId: stage.b.id, ids: own.ids },
      },
    };
  });
}

async function send({ path, method, headers, body }: Swap, token: string) {
  const response = await fetch(platform.apiUrl + path, {
    method,
    headers: { apikey: platform.status.publishable_key ?? "", authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body }),
  });
  return {
    status: response.status,
    text: `${JSON.stringify([...response.headers])} ${await response.text()}`,
  };
}

/** Some swaps end memberships of b; who calls is to stay a member. */
async function restoreMembers(): Promise<void> {
  for (const role of ["owner", "admin", "agent"] as const) {
    await stage.sql`
      insert into public.tenant_members (tenant_id, user_id, role, display_name)
      values (${stage.b.id}, ${stage.b.people[role]}, ${role}, ${role})
      on conflict (tenant_id, user_id) do update set role = excluded.role`;
  }
}

async function fingerprint({ fingerprint }: Belongings): Promise<unknown> {
  return await stage.sql.unsafe(fingerprint);
}

Deno.test({
  name:
    `${count} requests of people of b with ids of a, through REST, RPC and functions, tell and change nothing of a`,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const { material, belongings } = await gather();
    // What b was given to ask with, b may have written down among its own rows.
    const given = new Set([
      material.a.tenantId,
      stage.a.schemaName,
      stage.a.slug,
      ...Object.values(material.a.ids),
    ]);
    const secrets = belongings.secrets.filter((secret) => !given.has(secret));
    const tokens = await Promise.all(
      ["owner", "admin", "agent"].map((role) => signIn(`${role}@stage_b.test`)),
    );
    const before = await fingerprint(belongings);
    const leaks: string[] = [];
    const statuses: Record<number, number> = {};
    let made = 0;
    const lane = async () => {
      while (made < count) {
        if (made++ % 50 === 0) await restoreMembers();
        const swap = randomSwap(material);
        const { status, text } = await send(swap, tokens[made % tokens.length] ?? "");
        statuses[status] = (statuses[status] ?? 0) + 1;
        const told = secrets.filter((secret) => text.includes(secret));
        if (told.length > 0) {
          leaks.push(`${swap.method} ${swap.path} ${swap.body ?? ""} tells ${told.join(", ")}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, lane));
    console.log(`      answers by status: ${JSON.stringify(statuses)}`);
    assert.deepEqual(leaks.slice(0, 5), []);
    assert.deepEqual(await fingerprint(belongings), before);
    // Both kinds of answers came: walls that refuse everybody would prove nothing.
    assert.ok(
      (statuses[200] ?? 0) > count / 20 && (statuses[403] ?? 0) > count / 20,
      JSON.stringify(statuses),
    );
  },
});
