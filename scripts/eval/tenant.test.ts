import assert from "node:assert/strict";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { startProviderDouble } from "@app/models/testing.ts";
import { buildProposal, demoMachines } from "@app/sales-engine/testing.ts";
import { z } from "zod";

const lastLine = z.object({ name: z.string(), figures: z.record(z.string(), z.number()) });

/** Runs the command as `npm run eval` does; resolves with what it printed. */
async function runEval(args: string[], databaseUrl: string): Promise<{ code: number; out: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", "scripts/eval/main.ts", ...args],
    cwd: new URL("../../", import.meta.url),
    env: { SUPABASE_DB_URL: databaseUrl, NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout) + (code === 0 ? "" : decoder.decode(stderr)) };
}

Deno.test("npm run eval plays a tenant of the database with any server of OpenAI's protocol, and compares two runs", async () => {
  const database = await startTestDatabase();
  const say = (text: string, confidence: number) => () => ({
    text: JSON.stringify(buildProposal({ replies: [{ text, buttons: [] }], confidence })),
  });
  const sure = startProviderDouble("compatible", { apiKey: "none", answer: say("¿Qué necesitas?", 0.9) });
  const unsure = startProviderDouble("compatible", { apiKey: "none", answer: say("¿Cómo?", 0.6) });
  const folder = await Deno.makeTempDir();
  try {
    const { sql } = database;
    await sql`select private.provision_tenant('shop', 'The shop')`;
    await sql`update public.tenants set settings = ${
      sql.json({ engine: { thresholds: { auto_answer: 0.5, clarify: 0.2 } } })
    } where slug = 'shop'`;
    const play = (url: string, ...more: string[]) =>
      runEval(
        ["shop", "--customers", "gym", "--model", "llama-4-8b", "--base-url", url, ...more],
        database.url,
      );
    const unpublished = await play(sure.url);
    assert.equal(unpublished.code, 1);
    assert.match(unpublished.out, /has published no machine/);

    await sql`
      with machine as (insert into client_shop.state_machines (name, is_active) values ('m', true) returning id)
      insert into client_shop.state_machine_versions (state_machine_id, version, definition, published_at)
      select id, 1, ${sql.json(JSON.parse(JSON.stringify(demoMachines.gym)))}, now() from machine`;
    const first = await play(sure.url);
    assert.equal(first.code, 0, first.out);
    const { name, figures } = lastLine.parse(JSON.parse(first.out.trim().split("\n").at(-1) ?? ""));
    assert.equal(name, "eval shop compatible/llama-4-8b");
    // The server takes no schema, which the adapter learns once; what it asks again is one call of the engine.
    const taken = sure.calls.filter(({ refusal }) => refusal === null).length;
    const calls = Number(figures["calls"]);
    assert.ok(calls > 100 && calls <= taken && taken >= sure.calls.length - 1, `${calls} of ${taken}`);
    assert.ok(Number(figures["input_tokens"]) > 0 && Number(figures["off_topic"]) >= 100);

    await Deno.writeTextFile(`${folder}/first.txt`, first.out);
    const second = await play(unsure.url, "--compare", `${folder}/first.txt`);
    assert.equal(second.code, 0, second.out);
    const now = lastLine.parse(JSON.parse(second.out.trim().split("\n").at(-1) ?? "")).figures;
    // The tenant's own thresholds decide: 0.6 is enough here, where it asks back by default.
    assert.equal(now["decision_clarify"] ?? 0, 0);
    assert.match(second.out, /figure +before +now +change/);
    const line = second.out.split("\n").find((each) => each.startsWith("calls "))?.trim().split(/\s+/);
    assert.deepEqual(line?.slice(1, 3), [String(figures["calls"]), String(now["calls"])]);

    const nobody = await runEval(["shop", "--model", "m", "--base-url", sure.url], database.url);
    assert.equal(nobody.code, 1);
    assert.match(nobody.out, /choose with --customers among gym, packaging-wholesaler/);
  } finally {
    await Promise.all([sure.stop(), unsure.stop(), Deno.remove(folder, { recursive: true })]);
    await database.stop();
  }
});
