import assert from "node:assert/strict";
import fc from "fast-check";
import {
  interpretProposal,
  type MachineDefinition,
  parseMachine,
  proposal,
  runTurn,
  StateMachine,
  type TurnResult,
} from "../mod.ts";
import {
  buildMessage,
  buildProposal,
  buildSnapshot,
  demoMachines,
  scriptedModel,
  type SnapshotChanges,
} from "../testing.ts";

const usage = { name: "scripted", calls: 1, inputTokens: 0, cachedTokens: 0, outputTokens: 0, costUsd: 0 };
const machine = demoMachines.packagingWholesaler;

function interpret(changes: Parameters<typeof buildProposal>[0], snapshot: SnapshotChanges = {}): TurnResult {
  return interpretProposal(buildSnapshot(machine, snapshot), buildProposal(changes), usage);
}

Deno.test("interpretProposal() stays where the model proposes to stay, by name or by null", () => {
  for (const transition of [null, "greeting"]) {
    const result = interpret({ transition });
    assert.deepEqual([result.toState, result.evidence.refusals], ["greeting", []]);
  }
});

Deno.test("interpretProposal() counts fields of this very turn when it judges the move", () => {
  const fields = { quantity: 400, delivery_date: "2026-11-30" };
  assert.equal(
    interpret({ fields, transition: "pitch" }, { session: { state: "qualify" } }).toState,
    "pitch",
  );
  assert.equal(interpret({ transition: "pitch" }, { session: { state: "qualify" } }).toState, "qualify");
});

Deno.test("interpretProposal() lets a customer out who is not to be held back by a form", () => {
  const result = interpret({ transition: "handed_over" }, { session: { state: "qualify" } });
  assert.deepEqual([result.toState, result.decision], ["handed_over", "escalate"]);
});

Deno.test("interpretProposal() calls a doubtful turn a question back, and failed if it brought nothing", () => {
  const doubtful = interpret({ confidence: 0.3 });
  assert.deepEqual([doubtful.decision, doubtful.isFailed], ["clarify", true]);
  const fruitful = interpret({ confidence: 0.3, fields: { quantity: 5 } });
  assert.deepEqual([fruitful.decision, fruitful.isFailed], ["clarify", false]);
  const repeated = interpret({ confidence: 0.3, fields: { quantity: 5 } }, {
    session: { variables: { quantity: 5 } },
  });
  assert.equal(repeated.isFailed, true);
  assert.equal(interpret({ confidence: 0.3 }, { cause: "follow_up", pending: [] }).isFailed, false);
  assert.equal(
    interpret({ confidence: 0.3 }, {
      tenant: { settings: { engine: { thresholds: { auto_answer: 0.3, clarify: 0.2 } } } },
    }).decision,
    "auto_answer",
  );
});

Deno.test("interpretProposal() calls a person after too many failed turns in a row", () => {
  const result = interpret({ confidence: 0.1 }, { session: { failedTurns: 1 } });
  assert.deepEqual([result.decision, result.escalation?.category], ["escalate", "failure"]);
  assert.deepEqual(result.replies.map(({ text }) => text), [
    "Te paso con una persona del equipo. Te escribe por aquí mismo.",
  ]);
});

Deno.test("interpretProposal() does not count turns in an end of the conversation", () => {
  const result = interpret({}, { session: { state: "handed_over", turnsInState: 90 } });
  assert.deepEqual([result.decision, result.toState], ["auto_answer", "handed_over"]);
});

Deno.test("interpretProposal() keeps room for the hand-off when the model says too much", () => {
  const replies = ["1", "2", "3", "4"].map((text) => ({ text, buttons: [] }));
  const result = interpret({ replies }, { session: { turnsInState: 9 } });
  assert.deepEqual(result.replies.map(({ text }) => text), [
    "1",
    "2",
    "3",
    "Te paso con una persona del equipo. Te escribe por aquí mismo.",
  ]);
});

Deno.test("interpretProposal() drops buttons that a channel would refuse", () => {
  const button = { id: "yes", title: "Sí" };
  const twice = interpret({
    replies: [{ text: "¿Va?", buttons: [button, { id: "ja", title: "Sí" }, { id: "no", title: "No" }] }],
  });
  assert.deepEqual(twice.replies[0]?.buttons, [button, { id: "no", title: "No" }]);
  const long = interpret({ replies: [{ text: "a".repeat(1025), buttons: [button] }] });
  assert.deepEqual(long.replies, [{ text: "a".repeat(1025), buttons: [] }]);
  assert.equal(long.evidence.refusals.length, 1);
});

Deno.test("interpretProposal() records citations of knowledge that nobody searched", () => {
  const result = interpret({ citations: ["chunk-1"] });
  assert.deepEqual([result.evidence.citations, result.evidence.refusals.length], [[], 1]);
});

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "⟧",
    "hablar con una persona",
    "USD 3",
    "$ 1.000,00",
  ),
  fc.integer({ min: 1, max: 5000 }).map((length) => "x".repeat(length)),
);

function hostileProposal(definition: MachineDefinition): fc.Arbitrary<unknown> {
  const names = [
    ...StateMachine.of(definition).fields.keys(),
    "__proto__",
    "constructor",
    "toString",
    "discount",
  ];
  const value = fc.oneof(
    fc.jsonValue(),
    hostileText,
    fc.double(),
    fc.constantFrom(400, "400", "2026-11-30", null),
  );
  const answer = fc.record({
    replies: fc.array(
      fc.record({
        text: hostileText,
        buttons: fc.array(fc.record({ id: hostileText, title: hostileText }), { maxLength: 5 }),
      }),
      { maxLength: 6 },
    ),
    transition: fc.oneof(fc.constantFrom(null, ...Object.keys(definition.states)), hostileText),
    fields: fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), hostileText), value), { maxLength: 8 }).map(
      (entries) => Object.fromEntries(entries),
    ),
    escalation: fc.option(fc.record({
      reason: hostileText,
      category: fc.constantFrom("complaint", "other", "nonsense"),
      urgency: fc.constantFrom("low", "high"),
      summary: hostileText,
    })),
    intent: hostileText,
    language: fc.oneof(fc.constantFrom("es", "pt-BR"), hostileText),
    sentiment: fc.constantFrom("neutral", "furious", "positive"),
    topics: fc.array(hostileText, { maxLength: 12 }),
    confidence: fc.oneof(fc.double({ min: 0, max: 1 }), fc.double()),
    citations: fc.array(hostileText, { maxLength: 3 }),
  });
  // Mostly answers that pass the schema, since those reach deepest; the rest is anything at all.
  const sound = answer.map((each) => ({
    ...each,
    replies: [{
      text: each.intent.trim() === "" ? "a" : each.intent.slice(0, 4096),
      buttons: each.replies.slice(0, 3).map((_, index) => ({ id: `b${index % 2}`, title: "Sí" })),
    }],
    escalation: null,
    language: "es",
    sentiment: "neutral",
    topics: each.topics.slice(0, 10),
    confidence: 0.9,
  }));
  return fc.oneof({ weight: 3, arbitrary: sound }, { weight: 2, arbitrary: answer }, {
    weight: 1,
    arbitrary: fc.anything(),
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.entries(value).flat().flatMap(stringsIn) : [];
}

function assertSound(definition: MachineDefinition, from: string, result: TurnResult): void {
  const checked = StateMachine.of(definition);
  const isLimit = definition.states[from]?.on_exceeded === result.toState;
  assert.ok(result.toState === from || isLimit || checked.canMove(from, result.toState));
  for (const name of Object.keys(result.fields)) assert.ok(checked.fields.has(name), name);
  assert.ok(result.replies.length >= 1 && result.replies.length <= 4);
  for (const { text, buttons } of result.replies) {
    assert.ok(text.length >= 1 && text.length <= (buttons.length > 0 ? 1024 : 4096));
    assert.ok(buttons.length <= 3 && new Set(buttons.map(({ id }) => id)).size === buttons.length);
    assert.ok(buttons.every(({ id, title }) => title.length >= 1 && title.length <= 20 && id.length <= 256));
  }
  assert.ok(
    stringsIn(result).every((text) => text.isWellFormed() && !text.includes("\0")),
    "holds what no database stores",
  );
  const json = JSON.stringify(result);
  assert.deepEqual(JSON.parse(json), result);
  assert.equal(result.decision === "escalate", result.escalation !== null);
  assert.ok(json.length < 60_000);
}

for (const [name, definition] of Object.entries(demoMachines)) {
  Deno.test(`runTurn() yields nothing that ${name} forbids, whatever 1,000 hostile models propose`, async () => {
    const states = Object.keys(definition.states);
    const property = fc.asyncProperty(
      hostileProposal(definition),
      fc.constantFrom(...states),
      fc.nat(14),
      hostileText,
      async (answer, state, turnsInState, content) => {
        const pending = [buildMessage({ content })];
        const snapshot = buildSnapshot(definition, { session: { state, turnsInState }, pending });
        const result = await runTurn(snapshot, {
          model: scriptedModel(() => answer),
          clock: { nowMs: () => 0 },
        });
        assertSound(definition, state, result);
        const parsed = proposal.safeParse(answer);
        if (parsed.success) assertSound(definition, state, interpretProposal(snapshot, parsed.data, usage));
      },
    );
    await fc.assert(property, { numRuns: 1000, seed: 20261121 });
  });
}

Deno.test("interpretProposal() asks a question of its own when a refused move left the customer without one", () => {
  const small = parseMachine({
    version: 1,
    initial: "ask",
    persona: { name: "Ana", tone: "kind", languages: ["es"] },
    states: {
      ask: {
        objective: "Know the city",
        allowed_transitions: [{ to: "end", when: "known" }],
        fields: { city: { type: "string", required: true, description: "City", ask: "¿En qué ciudad?" } },
      },
      end: { objective: "Say goodbye", final: true },
    },
  });
  const said = (text: string) =>
    interpretProposal(
      buildSnapshot(small),
      buildProposal({ transition: "end", replies: [{ text, buttons: [] }] }),
      usage,
    )
      .replies.map((reply) => reply.text);
  assert.deepEqual(said("¡Listo!"), ["¡Listo!", "¿En qué ciudad?"]);
  assert.deepEqual(said("¿Dónde vives?"), ["¿Dónde vives?"]);
});
