import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { z } from "zod";
import { type Stage, startStage } from "../testing/stage.ts";
import { acceptedWarnings } from "./accepted-warnings.ts";

const cli = new URL("../../../node_modules/.bin/supabase", import.meta.url).pathname;
/** Its program is an optional package for some systems only. */
const isHere = existsSync(cli) &&
  (await new Deno.Command("node", { args: [cli, "--version"], stdout: "null", stderr: "null" }).output())
    .success;
if (!isHere) console.log("NOT RUN: supabase db advisors; the Supabase CLI cannot be had on this machine");

const answer = z.object({
  results: z.array(z.object({
    name: z.string(),
    level: z.enum(["ERROR", "WARN", "INFO"]),
    detail: z.string(),
    metadata: z.object({ schema: z.string().optional(), name: z.string().optional() }).nullish(),
  })),
});

let stage: Stage;
Deno.test.beforeAll(async () => void (isHere && (stage = await startStage())));
Deno.test.afterAll(async () => void (isHere && await stage.stop()));

/** What Supabase's own advisors say about the migrated database: a line for each finding of a level. */
async function findings(level: "ERROR" | "WARN") {
  const output = await new Deno.Command("node", {
    args: [
      cli,
      "db",
      "advisors",
      `--remote=${stage.database.url}`,
      "--output-format",
      "json",
      "--agent",
      "no",
    ],
    cwd: tmpdir(),
    env: { DO_NOT_TRACK: "1", PGSSLMODE: "disable" },
  }).output();
  const text = new TextDecoder().decode(output.stdout);
  assert.ok(output.success, new TextDecoder().decode(output.stderr));
  return answer.parse(JSON.parse(text)).results.filter((result) => result.level === level).map((result) => ({
    rule: result.name,
    object: `${result.metadata?.schema ?? ""}.${result.metadata?.name ?? ""}`.replace(
      /^client_\w+/,
      "client_*",
    ),
    detail: result.detail,
  }));
}

const options = { ignore: !isHere, sanitizeResources: false };

Deno.test("supabase db advisors finds no error", options, async () => {
  assert.deepEqual(await findings("ERROR"), []);
});

Deno.test(
  "supabase db advisors gives no warning but those that stay for a reason, and each of these is given",
  options,
  async () => {
    const given = await findings("WARN");
    const accepts = (finding: { rule: string; object: string }) =>
      acceptedWarnings.find(({ rule, objects }) => rule === finding.rule && objects.test(finding.object));
    assert.deepEqual(
      given.filter((finding) => !accepts(finding)).map(({ rule, detail }) => `${rule}: ${detail}`),
      [],
      "mend these, or give the reason in supabase/tests/advisors/accepted-warnings.ts",
    );
    const met = new Set(given.map(accepts));
    assert.deepEqual(acceptedWarnings.filter((accepted) => !met.has(accepted)), []);
  },
);

Deno.test(
  "supabase db advisors sees a policy on a table without row level security, and a new warning is not accepted",
  options,
  async () => {
    const { sql } = stage;
    await sql`create table public.planted (id integer primary key)`;
    await sql`create policy planted on public.planted for select to authenticated using (true)`;
    await sql`create function private.planted() returns int language sql as 'select 1'`;
    try {
      assert.match(JSON.stringify(await findings("ERROR")), /policy_exists_rls_disabled.*public\.planted/);
      const planted = (await findings("WARN")).find(({ object }) => object === "private.planted");
      assert.ok(planted && !acceptedWarnings.some(({ objects }) => objects.test(planted.object)));
    } finally {
      await sql`drop table public.planted`;
      await sql`drop function private.planted`;
    }
  },
);
