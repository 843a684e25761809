import assert from "node:assert/strict";
import { type ModelReply, type ModelRequest, parseMachine, runTurn } from "../../mod.ts";
import { buildMessage, buildProposal, buildSnapshot, demoMachines } from "../../testing.ts";
import { attacks } from "../testing/attacks.ts";

const machine = parseMachine({
  ...structuredClone(demoMachines.gym),
  states: {
    ...structuredClone(demoMachines.gym.states),
    goal: {
      ...structuredClone(demoMachines.gym.states["goal"]),
      tools: ["stock", "search_knowledge"],
      knowledge: ["handbook"],
    },
  },
});
const mark = "Zq7Zq7";

Deno.test("300 attacks in documents and in answers of services stand inside the fence and nowhere else", async () => {
  for (const attack of attacks) {
    const marked = `${attack} ${mark}`;
    const requests: ModelRequest[] = [];
    const reply = (more: Partial<ModelReply>): ModelReply => ({
      answer: null,
      model: "recorder",
      inputTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      ...more,
    });
    const result = await runTurn(
      buildSnapshot(machine, {
        session: { state: "goal" },
        pending: [buildMessage({ content: "¿tienen sauna?" })],
      }),
      {
        clock: { nowMs: () => 0 },
        knowledge: {
          search: () =>
            Promise.resolve({
              status: "hit",
              passages: [{ id: "p1", text: marked, score: 0.9, source: marked }],
            }),
        },
        tools: {
          definitions: [{
            name: "stock",
            description: "Looks up the stock",
            parameters: { type: "object", properties: {}, additionalProperties: false },
          }],
          call: () => Promise.resolve({ text: marked }),
        },
        model: {
          name: "recorder",
          complete(request) {
            requests.push({ ...request, toolExchanges: [...request.toolExchanges ?? []] });
            const toolCalls = [
              { id: "1", name: "search_knowledge", input: { query: "sauna" } },
              { id: "2", name: "stock", input: {} },
            ];
            return Promise.resolve(
              requests.length === 1 ? reply({ toolCalls }) : reply({ answer: buildProposal() }),
            );
          },
        },
      },
    );
    assert.equal(result.evidence.tools?.length, 2);
    const shown = requests.flatMap(({ toolExchanges }) => toolExchanges ?? []).flatMap(({ results }) =>
      results
    );
    assert.equal(shown.length, 2);
    for (const { text } of shown) {
      assert.ok(text.includes(mark), "the attack was not shown at all");
      const outside = text.replace(/⟦[^⟦⟧]*⟧/g, "");
      assert.ok(!outside.includes(mark) && !/[⟦⟧]/.test(outside), attack);
    }
    const prompts = JSON.stringify(requests.map(({ blocks, tools, schema }) => [blocks, tools, schema]));
    assert.ok(!prompts.includes(mark));
  }
});
