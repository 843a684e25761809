import assert from "node:assert/strict";
import fc from "fast-check";
import { type MachineDefinition, proposal, StateMachine, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { buildMessage, buildSnapshot } from "@app/sales-engine/testing.ts";
import { offlineModel } from "../mod.ts";
import { arbitraryMachine } from "./testing/arbitrary-machine.ts";
import { Conversation } from "./testing/converse.ts";

const phrases = fc.constantFrom(
  "hola",
  "sí",
  "no",
  "yes please",
  "400",
  "unas cuatrocientas cajas para el martes",
  "I need 20 red ones, I'm Ana from Acme Ltd",
  "não quero mais",
  "¿cuánto cuesta?",
  "ana@x.com +51 999 888 777",
  "premium plus",
  "quiero hablar con una persona",
  "jaja qué calor",
  "no sé",
  "$& \\1 (((",
  "👍",
  "ayer",
  "20123456789",
);
/** Without a wish for a person, which ends every conversation at once. */
const ownWords = phrases.filter((phrase) => !phrase.includes("persona"));
const message = fc.oneof(
  { weight: 4, arbitrary: phrases },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);

async function propose(snapshot: TurnSnapshot): Promise<unknown> {
  const request = { blocks: [], schema: {}, snapshot, deadlineMs: 1000 };
  return (await offlineModel().complete(request, new AbortController().signal)).answer;
}

function snapshotOf(machine: MachineDefinition, messages: string[], state: string | null): TurnSnapshot {
  return buildSnapshot(machine, {
    session: { state, turnsInState: messages.length },
    pending: messages.map((content, index) => buildMessage({ id: `m${index}`, seq: index, content })),
  });
}

Deno.test("offlineModel() always proposes what the machine allows", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryMachine,
      fc.array(message, { maxLength: 3 }),
      fc.nat(7),
      async (machine, messages, at) => {
        const names = Object.keys(machine.states);
        const state = names[at % names.length] ?? machine.initial;
        const proposed = proposal.parse(await propose(snapshotOf(machine, messages, state)));
        const wrapped = StateMachine.of(machine);

        assert.ok(proposed.replies.every(({ text }) => text.trim() !== ""));
        if (proposed.transition !== null) {
          assert.ok(wrapped.canMove(state, proposed.transition));
          assert.deepEqual(wrapped.fieldsHoldingBack(state, proposed.transition, proposed.fields), []);
        }
        for (const name of Object.keys(proposed.fields)) assert.ok(wrapped.fields.has(name));
      },
    ),
    { numRuns: 1000, seed: 20261121 },
  );
});

Deno.test("offlineModel() brings every machine to an end or to a person, and never says the same twice in a row", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryMachine, fc.infiniteStream(ownWords), async (machine, stream) => {
      const conversation = new Conversation(machine);
      let before = "";
      for (let turn = 0; turn < 60; turn++) {
        const { value } = stream.next();
        const result = await conversation.say(value ?? "");
        assert.deepEqual(result.evidence.refusals, [], conversation.lines.join("\n"));
        if (result.escalation || machine.states[result.toState]?.final) return;
        const said = result.replies.map((reply) => reply.text).join("\n");
        assert.notEqual(said, before, conversation.lines.join("\n"));
        before = said;
      }
      assert.fail(conversation.lines.join("\n"));
    }),
    { numRuns: 300, seed: 20261121 },
  );
});

Deno.test("offlineModel() gives the same answer to the same request", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryMachine, fc.array(message, { maxLength: 2 }), async (machine, messages) => {
      const snapshot = snapshotOf(machine, messages, null);
      const before = JSON.stringify(snapshot);
      assert.deepEqual(await propose(snapshot), await propose(structuredClone(snapshot)));
      assert.equal(JSON.stringify(snapshot), before);
    }),
    { numRuns: 100, seed: 20261121 },
  );
});
