import assert from "node:assert/strict";
import { type Knowledge, parseMachine, runTurn } from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot, demoMachines } from "@app/sales-engine/testing.ts";
import { offlineModel } from "../../mod.ts";

const machine = parseMachine({
  ...structuredClone(demoMachines.gym),
  states: {
    ...structuredClone(demoMachines.gym.states),
    goal: { ...structuredClone(demoMachines.gym.states["goal"]), knowledge: ["handbook"] },
  },
});

async function ask(content: string, state: string) {
  const queries: string[] = [];
  const knowledge: Knowledge = {
    search: ({ text }) => {
      queries.push(text);
      return Promise.resolve({
        status: "hit",
        passages: [{
          id: "p1",
          text: "Los casilleros se alquilan por día. La sauna abre de 10 a 20.",
          score: 0.8,
        }],
      });
    },
  };
  const snapshot = buildSnapshot(machine, { session: { state }, pending: [buildMessage({ content })] });
  const result = await runTurn(snapshot, { model: offlineModel(), clock: { nowMs: () => 0 }, knowledge });
  return { queries, result, said: result.replies.map(({ text }) => text).join("\n") };
}

Deno.test("offlineModel() searches for what the machine does not know, and answers with the sentence that fits", async () => {
  const lockers = await ask("¿alquilan casilleros?", "goal");
  assert.deepEqual(lockers.queries, ["¿alquilan casilleros?"]);
  assert.match(lockers.said, /Los casilleros se alquilan por día/);
  assert.deepEqual([lockers.result.evidence.citations, lockers.result.decision], [["p1"], "auto_answer"]);
});

Deno.test("offlineModel() does not search where the state has no knowledge, nor for what the machine knows", async () => {
  assert.deepEqual((await ask("¿alquilan casilleros?", "plan")).queries, []);
  assert.deepEqual((await ask("¿tienen piscina?", "goal")).queries, []);
});
