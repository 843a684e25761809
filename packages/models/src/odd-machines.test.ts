import assert from "node:assert/strict";
import {
  type LanguageModel,
  type MachineDefinition,
  type ModelRequest,
  parseMachine,
  runTurn,
} from "@app/sales-engine/mod.ts";
import {
  buildMessage,
  buildProposal,
  buildSnapshot,
  keepTurn,
  scriptedModel,
} from "@app/sales-engine/testing.ts";
import { offlineModel } from "./offline-model.ts";

function machineOf(states: Record<string, unknown>): MachineDefinition {
  const initial = Object.keys(states)[0];
  const persona = { name: "🤖", tone: "🙂", languages: ["es"] };
  return parseMachine({ version: 1, initial, persona, states });
}

async function play(machine: MachineDefinition, texts: string[], model: LanguageModel = offlineModel()) {
  let snapshot = buildSnapshot(machine, { pending: [] });
  const prefixes = new Set<string>();
  const states: string[] = [];
  for (const [index, content] of texts.entries()) {
    const pending = [buildMessage({ id: `m${index}`, seq: index + 1, content })];
    const result = await runTurn({ ...snapshot, pending }, {
      clock: { nowMs: () => 0 },
      model: {
        name: model.name,
        complete(request, signal) {
          prefixes.add(
            request.blocks.filter((block) => block.isCacheable).map(({ text }) => text).join("\n"),
          );
          return model.complete(request, signal);
        },
      },
    });
    assert.ok(result.replies.length > 0, `silent at "${content}"`);
    states.push(result.toState);
    snapshot = keepTurn({ ...snapshot, pending }, result);
  }
  return { prefixes: [...prefixes], states };
}

Deno.test("a machine of one state is played", async () => {
  const { states } = await play(machineOf({ only: { objective: "Say goodbye", final: true } }), [
    "hola",
    "¿cuánto cuesta?",
    "gracias",
  ]);
  assert.deepEqual([...new Set(states)], ["only"]);
});

Deno.test("a machine of 2,000 states is played, with one beginning of the prompt for all of them", async () => {
  const row = Array.from({ length: 2_000 }, (_, index): [string, unknown] => [
    `s${index}`,
    index === 1_999 ? { objective: "Say goodbye", final: true } : {
      objective: "Ask for the next number",
      allowed_transitions: [{ to: `s${index + 1}`, when: "the number is known" }],
      fields: {
        [`n${index}`]: { type: "integer", required: true, description: "Number", ask: "¿Qué número?" },
      },
    },
  ]);
  const machine = machineOf(Object.fromEntries(row));
  const walking = scriptedModel(({ snapshot }: ModelRequest) => {
    const place = Number((snapshot.session.state ?? "s0").slice(1));
    return buildProposal({ transition: `s${place + 1}`, fields: { [`n${place}`]: 7 } });
  });
  const { prefixes, states } = await play(machine, ["7", "8", "9"], walking);
  assert.deepEqual([prefixes.length, states], [1, ["s1", "s2", "s3"]]);
  // All states are in it, and each costs no more than its own words.
  assert.ok((prefixes[0]?.length ?? 0) < 2_000 * 300, `${prefixes[0]?.length} letters`);
  assert.deepEqual((await play(machine, ["hola"])).states, ["s0"]);
});

Deno.test("a machine whose texts are all emoji is played", async () => {
  const emoji = machineOf({
    a: {
      objective: "🎯",
      say: "👋🍕",
      completion_signals: ["✅"],
      allowed_transitions: [{ to: "b", when: "🍕➡️📦" }],
      fields: {
        size: { type: "enum", options: ["🍕", "📦"], required: true, description: "📏", ask: "🍕❓📦" },
      },
      examples: ["🍕🍕🍕"],
    },
    b: { objective: "🏁", say: "🙌", final: true },
  });
  const { states } = await play(emoji, ["hola", "🍕", "🙂🙂"]);
  assert.equal(states.length, 3);
});
