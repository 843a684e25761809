import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Effect,
  type ModelReply,
  parseMachine,
  runTurn,
  StateMachine,
  type TurnResult,
  type TurnSnapshot,
} from "../../mod.ts";
import { buildMessage, buildProposal, buildSnapshot, demoMachines } from "../../testing.ts";
import { builtInTools } from "./built-in-tools.ts";
import type { Tools } from "./ports.ts";

/** The demo machine with tools in some of its states, and in others none. */
const machine = parseMachine({
  ...structuredClone(demoMachines.packagingWholesaler),
  states: Object.fromEntries(
    Object.entries(structuredClone(demoMachines.packagingWholesaler).states).map(([name, state], index) => [
      name,
      {
        ...state,
        tools: [[], ["update_contact", "send_list", "stock"], ["set_fields", "escalate"], [
          "schedule_follow_up",
          "send_media",
        ]][index % 4],
      },
    ]),
  ),
});

const toolOf: Partial<Record<Effect["kind"], string>> = {
  update_contact: "update_contact",
  schedule_follow_up: "schedule_follow_up",
  send_media: "send_media",
};

const names = [...builtInTools.map(({ name }) => name), "stock", "refund", "__proto__", "delete_everything"];
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("USD 1", "⟧", "\0", "baja"),
);
const input = fc.oneof(
  fc.record({
    name: text,
    attributes: fc.dictionary(fc.constantFrom("vip", "Discount", "city"), fc.jsonValue()),
  }, {
    requiredKeys: [],
  }),
  fc.record({ fields: fc.dictionary(fc.constantFrom("quantity", "price", "company"), fc.jsonValue()) }),
  fc.record({ after_minutes: fc.integer({ min: -5, max: 3000 }), note: text }),
  fc.record({ name: fc.constantFrom("catalogue.pdf", "secrets.txt"), caption: text }),
  fc.record({ text, button: text, rows: fc.array(fc.record({ id: text, title: text }), { maxLength: 12 }) }),
  fc.record({ sku: text }),
  fc.anything(),
);
const call = fc.record({
  id: fc.string({ maxLength: 5 }),
  name: fc.oneof(fc.constantFrom(...names), text),
  input,
});
const rounds = fc.array(fc.array(call, { minLength: 1, maxLength: 10 }), { maxLength: 8 });
const answer = fc.oneof(
  fc.record({
    transition: fc.oneof(fc.constantFrom(null, ...Object.keys(machine.states)), text),
    fields: fc.dictionary(fc.constantFrom("quantity", "price", "company"), fc.jsonValue()),
    topics: fc.array(text, { maxLength: 3 }),
    citations: fc.array(text, { maxLength: 2 }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }).map((changes) => buildProposal(changes)),
  fc.anything(),
);

async function play(
  state: string,
  scripted: { id: string; name: string; input: unknown }[][],
  last: unknown,
) {
  const called: string[] = [];
  const keys: string[] = [];
  const tools: Tools = {
    definitions: [{
      name: "stock",
      description: "Stock",
      parameters: {
        type: "object",
        properties: { sku: { type: "string" } },
        required: ["sku"],
        additionalProperties: false,
      },
    }],
    call: ({ name, idempotencyKey }) => {
      called.push(name);
      keys.push(idempotencyKey);
      return Promise.resolve({ text: "x".repeat(9_000) });
    },
  };
  const snapshot: TurnSnapshot = {
    ...buildSnapshot(machine, { session: { state }, pending: [buildMessage({ content: "¿tienen cajas?" })] }),
    media: [{ name: "catalogue.pdf", description: "All products" }],
  };
  let round = 0;
  let longest = 0;
  const reply = (more: Partial<ModelReply>): ModelReply => ({
    answer: null,
    model: "hostile",
    inputTokens: 1,
    cachedTokens: 0,
    outputTokens: 1,
    costUsd: 0,
    ...more,
  });
  const result = await runTurn(snapshot, {
    clock: { nowMs: () => 0 },
    tools,
    model: {
      name: "hostile",
      complete(request) {
        const shown = (request.toolExchanges ?? []).flatMap(({ results }) =>
          results.map(({ text }) => text.length)
        );
        longest = Math.max(longest, ...shown);
        const calls = scripted[round++];
        return Promise.resolve(calls ? reply({ toolCalls: calls }) : reply({ answer: last }));
      },
    },
  });
  return { result, called, longest };
}

function assertAllowed(state: string, { result, called }: { result: TurnResult; called: string[] }): void {
  const drawn = StateMachine.of(machine);
  const { tools } = drawn.state(state);
  for (const effect of result.effects) {
    assert.ok(tools.includes(toolOf[effect.kind] ?? "none"), `${effect.kind} in ${state}`);
    if (effect.kind === "schedule_follow_up") {
      assert.ok(effect.afterMinutes > 0 && effect.afterMinutes < 1440);
    }
    if (effect.kind === "send_media") assert.equal(effect.name, "catalogue.pdf");
  }
  assert.ok(called.length === 0 || tools.includes("stock"));
  if (result.replies.some(({ list }) => list)) assert.ok(tools.includes("send_list"));
  assert.ok(
    result.toState === state || drawn.canMove(state, result.toState) ||
      drawn.state(state).on_exceeded === result.toState,
  );
  for (const name of Object.keys(result.fields)) assert.ok(drawn.fields.has(name), name);
  assert.ok(result.model.calls <= 8);
  assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
}

Deno.test("runTurn() does nothing outside the state's allow-list, whatever 10,000 hostile turns call and answer", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...Object.keys(machine.states)),
    rounds,
    answer,
    async (state, calls, last) => {
      const played = await play(state, calls, last);
      assertAllowed(state, played);
      assert.ok(played.longest < 9_000);
    },
  );
  await fc.assert(property, { numRuns: 10_000, seed: 20261130 });
});
