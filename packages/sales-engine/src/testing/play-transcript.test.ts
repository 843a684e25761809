import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { demoMachines, playTranscript, scriptedModel } from "../../testing.ts";

const machines = { "packaging-wholesaler": demoMachines.packagingWholesaler, gym: demoMachines.gym };

for (const [name, machine] of Object.entries(machines)) {
  const folder = new URL(`../../testdata/${name}/`, import.meta.url);
  for (const file of readdirSync(folder)) {
    Deno.test(`playTranscript() plays ${name}/${file}`, async () => {
      const results = await playTranscript(readFileSync(new URL(file, folder), "utf8"), { machine });
      assert.ok(results.length > 0);
    });
  }
}

Deno.test("playTranscript() names the line that does not hold, and what happened", async () => {
  const text = "customer: hola\nmodel says: ¡Hola!\nstate: quote";
  await assert.rejects(
    playTranscript(text, { machine: demoMachines.gym }),
    /Line 3 .*"state: quote".*greeting/s,
  );
});

Deno.test("playTranscript() refuses lines that it does not know", async () => {
  const play = (text: string) => playTranscript(text, { machine: demoMachines.gym });
  await assert.rejects(play("customer: hola\nmodel says: a\nmood: good"), /line 3 .*"mood"/i);
  await assert.rejects(play("customer: hola\nmodel sings: a"), /line 2 .*"model sings"/i);
  await assert.rejects(play("customer: hola\njust words"), /line 2 .*"just words"/i);
  await assert.rejects(play("weather: good\n\ncustomer: hola"), /line 1 .*"weather"/i);
});

Deno.test("playTranscript() asks a given model instead of the script", async () => {
  const model = scriptedModel(new Error("should not matter"));
  const text = "customer: hola\nmodel says: ¡Hola!\nstate: greeting";
  await assert.rejects(playTranscript(text, { machine: demoMachines.gym, model }), /should not matter/);
});
