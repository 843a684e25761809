import assert from "node:assert/strict";
import type { Actor } from "../testing/become.ts";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { functions } from "./expected/functions.ts";
import { type Attempt, attemptAll, type Outcome } from "./probing/attempts.ts";
import { belongingsOfA } from "./probing/foreign-values.ts";
import { listFunctions, type ProbedFunction, rowOf } from "./probing/function-matrix.ts";
import { generateCall } from "./probing/generate-call.ts";
import { startWalls } from "./probing/start-walls.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

interface Call {
  found: ProbedFunction;
  actor: Actor;
  named: "a" | "b";
  outcome: Outcome;
}

const callers = ["stranger", "agent of b", "admin of b", "owner of b", "worker of b"] as const;

/** Calls every function that somebody of b may execute, with every id that a has, under a's tenant id and under b's. */
async function callAll(changes: string[] = []) {
  return await rolledBack(stage.sql, async (sql) => {
    for (const change of changes) await sql.unsafe(change);
    const belongings = await belongingsOfA(sql, stage);
    const calls: Call[] = [];
    for (const found of await listFunctions(sql, stage)) {
      const who = functions[found.label];
      const mayExecute = who && rowOf(who);
      const plans = callers.filter((actor) => !mayExecute || mayExecute[actor]).flatMap((actor) =>
        (["a", "b"] as const).flatMap((named) => shapesOf(found).map((json) => ({ actor, named, json })))
      );
      const attempts = plans.map(({ actor, named, json }): Attempt => ({
        actor,
        statement: generateCall(found, { tenantId: stage[named].id, ids: belongings.ids }, json),
        settings: { search_path: `${stage.b.schemaName}, engine, extensions, pg_temp` },
        watch: belongings.fingerprint,
        wantsResult: true,
      }));
      const outcomes = await attemptAll(sql, stage, attempts);
      for (const [place, { actor, named }] of plans.entries()) {
        calls.push({ found, actor, named, outcome: outcomes[place] ?? {} });
      }
    }
    return { calls, belongings };
  });
}

let all: ReturnType<typeof callAll> | undefined;
/** The calls on the schema as it is, made once. */
const called = () => all ??= callAll();

/** A payload may be one thing or a list of them; where there is none, once is enough. */
function shapesOf({ parameters }: ProbedFunction): ("object" | "list")[] {
  return parameters.some(({ type }) => type.startsWith("json")) ? ["object", "list"] : ["object"];
}

/** What of a's can be read in an answer, apart from the ids that the caller gave. */
function learned({ outcome }: Call, { ids, secrets }: { ids: Record<string, string>; secrets: string[] }) {
  const given = new Set([...Object.values(ids), stage.a.id]);
  const said = `${outcome.result ?? ""} ${outcome.text ?? ""}`;
  return secrets.filter((secret) => !given.has(secret) && said.includes(secret));
}

/** What was learned or changed of a's, in words. */
function leaks({ calls, belongings }: Awaited<ReturnType<typeof callAll>>): string[] {
  return calls.flatMap((call) => {
    const name = `${call.found.signature} by ${call.actor} under tenant ${call.named}`;
    const words = learned(call, belongings).map((word) => `${name} tells "${word}"`);
    return call.outcome.moved ? [...words, `${name} changes rows of a`] : words;
  });
}

Deno.test("every function that somebody of b may execute: with a's ids it tells nothing and changes nothing of a", async () => {
  const { calls, belongings } = await called();
  assert.ok(calls.length > 200, `only ${calls.length} calls were made`);
  assert.ok(belongings.secrets.length > 20);
  assert.deepEqual(leaks({ calls, belongings }), []);
});

Deno.test("every api function with a tenant: whoever is not of it is refused, in a sentence", async () => {
  const { calls } = await called();
  const foreign = calls.filter(({ found, named }) =>
    named === "a" && found.label.startsWith("api.") && found.parameters[0]?.name === "p_tenant_id"
  );
  assert.ok(foreign.length > 50);
  const open = foreign.filter(({ outcome }) =>
    outcome.code !== "42501" || !/^Cannot /.test(outcome.text ?? "")
  );
  assert.deepEqual(open.map(({ found, actor, outcome }) => [found.label, actor, outcome]), []);
});

/**
 * What finds nothing to act on with the rows of the stage: an answer is made of a reply that was sent to a question, and
 * the device is the agent's.
 */
const wantsMore = new Set(["api.make_canonical_answer", "api.try_push"]);

Deno.test("every api function: members, admins and owners may what is theirs in their own tenant, and others are refused", async () => {
  const wrong = await rolledBack(stage.sql, async (sql) => {
    const { ids } = await belongingsOfA(sql, stage);
    const found = (await listFunctions(sql, stage)).filter(({ label }) => label.startsWith("api."));
    const differing: string[] = [];
    for (const one of found) {
      const who = functions[one.label];
      if (who === "logins") continue;
      for (const actor of ["agent of a", "admin of a", "owner of a"] as const) {
        const statement = generateCall(one, { tenantId: stage.a.id, ids }, "object");
        const [outcome] = await attemptAll(sql, stage, [{ actor, statement, wantsResult: true }]);
        const rank = actor.startsWith("agent") ? 0 : actor.startsWith("admin") ? 1 : 2;
        const isMeant = rank >= (who === "owners" ? 2 : who === "admins" ? 1 : 0);
        // Who may not even see a thing finds nothing: that refuses as well.
        const isRefused = outcome?.code === "42501" ||
          (outcome?.code === "PT404" && !(isMeant && wantsMore.has(one.label)));
        if (isMeant ? isRefused : !isRefused && outcome?.rows !== 0) {
          differing.push(`${one.label}: ${actor} got ${outcome?.code ?? "an answer"}, expected for ${who}`);
        }
      }
    }
    return differing;
  });
  assert.deepEqual(wrong, []);
});

Deno.test("the test of foreign ids shows a definer that forgets to ask, and an error that says too much", async () => {
  const found = leaks(
    await callAll([
      `create function private.planted(p_session_id uuid) returns text language sql security definer set search_path = ''
        as $$ select s.summary from client_stage_a.sessions s where s.id = p_session_id $$`,
      "grant execute on function private.planted to authenticated",
      `create function private.planted_write(p_session_id uuid) returns void language sql security definer set search_path = ''
        as $$ update client_stage_a.sessions s set priority = 9 where s.id = p_session_id $$`,
      "grant execute on function private.planted_write to engine_worker",
      `create or replace function private.begin_verb(p_tenant_id uuid, p_session_id uuid) returns record
        language plpgsql security definer set search_path = '' as $$ begin
          raise exception '%', (select c.name from client_stage_a.contacts c limit 1);
        end $$`,
    ]),
  ).join("\n");
  assert.match(found, /planted\(uuid\) by owner of b under tenant b tells "canary summary of stage_a"/);
  assert.match(
    found,
    /begin_verb\(uuid,\s?uuid\) by agent of b under tenant a tells "canary name of stage_a"/,
  );
  assert.match(found, /planted_write\(uuid\) by .* changes rows of a/);
});
