import assert from "node:assert/strict";
import { runTurn, StateMachine } from "../../mod.ts";
import { buildMessage, buildSnapshot, demoMachines, scriptedModel } from "../../testing.ts";

for (const language of ["es", "en", "pt"]) {
  const path = new URL(`../../testdata/asking-for-a-person.${language}.txt`, import.meta.url);
  const wordings = Deno.readTextFileSync(path).trim().split("\n");

  Deno.test(`runTurn() calls a person for 50 wordings in ${language}, from every state, with every model down`, async () => {
    assert.equal(new Set(wordings).size, 50);
    const missed: string[] = [];
    for (const machine of Object.values(demoMachines)) {
      for (const state of StateMachine.of(machine).states) {
        for (const content of wordings) {
          const snapshot = buildSnapshot(machine, {
            session: { state, language },
            pending: [buildMessage({ content })],
          });
          const model = scriptedModel(new Error("the model is down"));
          const { decision, escalation, replies } = await runTurn(snapshot, {
            model,
            clock: { nowMs: () => 0 },
          });
          if (decision !== "escalate" || !escalation || replies.length !== 1) {
            missed.push(`${state}: ${content}`);
          }
        }
      }
    }
    assert.deepEqual(missed, []);
  });
}
