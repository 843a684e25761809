import assert from "node:assert/strict";
import { identify } from "../testing/become.ts";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { functions } from "./expected/functions.ts";
import { belongingsOfA } from "./probing/foreign-values.ts";
import { listFunctions } from "./probing/function-matrix.ts";
import { generateCall } from "./probing/generate-call.ts";
import { readRefusals } from "./probing/read-refusals.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

/** What a call was refused with, and what the log should say about it. */
interface Refusal {
  code: string;
  caller: string;
  tenant: string;
  function: string;
}

/** Calls every function of `api` as the owner of b, with every id that a has; each in a transaction that is undone. */
async function callAll(named: "a" | "b", changes: string[] = []): Promise<Refusal[]> {
  const { owner } = stage.b.people;
  const { found, ids } = await rolledBack(stage.sql, async (sql) => {
    const { ids } = await belongingsOfA(sql, stage);
    return { found: await listFunctions(sql, stage), ids };
  });
  const refusals: Refusal[] = [];
  for (const one of found) {
    if (!one.label.startsWith("api.") || functions[one.label] === "logins") continue;
    const statement = generateCall(one, { tenantId: stage[named].id, ids }, "object");
    const code = await stage.as("postgres", async (sql) => {
      for (const change of changes) await sql.unsafe(change);
      const { role, user } = identify("owner of b", stage);
      await sql`select set_config('role', ${role}, true),
        set_config('request.jwt.claims', ${JSON.stringify({ sub: user, role })}, true)`;
      await sql.unsafe(statement);
    }).then(() => "", (error: { code?: string }) => error.code ?? "");
    const name = one.label.replace("api.", "");
    refusals.push({ code, caller: owner, tenant: stage[named].id, function: name });
  }
  return refusals;
}

/** Those of which the log says nothing. */
async function unnoted(refusals: Refusal[]): Promise<string[]> {
  const noted = new Set((await readRefusals(stage.database)).map((line) => JSON.stringify(sorted(line))));
  return refusals.filter((refusal) => !noted.has(JSON.stringify(sorted({ event: "refused", ...refusal }))))
    .map((refusal) => `${refusal.function}: ${refusal.code}`);
}

const sorted = (record: object) => Object.entries(record).sort(([one], [other]) => one < other ? -1 : 1);

Deno.test("every api function: who names another tenant is refused, and the log says who, what and for whom", async () => {
  const refusals = await callAll("a");
  assert.ok(refusals.length > 50);
  assert.deepEqual(refusals.filter(({ code }) => code !== "42501"), []);
  assert.deepEqual(await unnoted(refusals), []);
});

Deno.test("every api function: who names another tenant's thing under their own is told that there is none, and the log says so", async () => {
  const refusals = (await callAll("b")).filter(({ code }) => /^(42501|PT404)$/.test(code));
  assert.ok(refusals.length > 15, `only ${refusals.length} calls were refused`);
  assert.deepEqual(await unnoted(refusals), []);
});

Deno.test("what the log says about a refusal is ids, a code and a name", async () => {
  const lines = await readRefusals(stage.database);
  assert.ok(lines.length > 65);
  for (const line of lines) {
    assert.deepEqual(Object.keys(line).sort(), ["caller", "code", "event", "function", "tenant"]);
    assert.match(`${line.caller} ${line.tenant} ${line.code}`, /^[0-9a-f-]{36} [0-9a-f-]{36} \w{5}$/);
  }
});

Deno.test("the test shows a door that refuses without a word", async () => {
  const silent = `
    create or replace function private.enter_tenant(p_tenant_id uuid) returns void language plpgsql as $$
    begin
      raise exception 'Cannot enter tenant "%": you do not act for it', p_tenant_id using errcode = '42501';
    end $$`;
  const before = (await readRefusals(stage.database)).length;
  await callAll("a", [silent]);
  assert.equal((await readRefusals(stage.database)).length, before);
});
