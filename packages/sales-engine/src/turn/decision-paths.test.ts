import assert from "node:assert/strict";
import { type CanonicalAnswers, runTurn, type TurnPorts } from "../../mod.ts";
import {
  buildMessage,
  buildProposal,
  buildSnapshot,
  demoMachines,
  scriptedModel,
  type SnapshotChanges,
} from "../../testing.ts";

const machine = demoMachines.packagingWholesaler;
const clock = { nowMs: () => 0 };

function take(changes: SnapshotChanges, ports: Partial<TurnPorts> = {}) {
  return runTurn(buildSnapshot(machine, changes), { model: scriptedModel(buildProposal()), clock, ...ports });
}

const say = (content: string) => [buildMessage({ content })];
/** A Saturday; people are there on weekdays. */
const weekdays = {
  tenant: {
    settings: {
      engine: { office_hours: { weekly: { monday: [{ from: "09:00", to: "18:00" }] }, holidays: [] } },
    },
  },
};

Deno.test("runTurn() lets a customer go who wants no more messages: one confirmation, one effect, no model", async () => {
  for (const [text, answer] of [["STOP", /^Listo/], ["baja", /^Listo/], ["SAIR", /^Listo/]] as const) {
    const model = scriptedModel(buildProposal());
    const result = await take({ pending: say(text) }, { model });
    assert.deepEqual(result.effects, [{ kind: "opt_out" }]);
    assert.equal(result.replies.length, 1);
    assert.match(result.replies[0]?.text ?? "", answer);
    assert.deepEqual([model.calls.length, result.evidence.rule, result.scores["opted_out"]], [
      0,
      "opted_out",
      1,
    ]);
  }
});

Deno.test("runTurn() calls a person for who asks for one and for silence in one breath", async () => {
  const result = await take({ pending: say("STOP! I want to talk to a person") });
  assert.deepEqual([result.decision, result.effects], ["escalate", []]);
});

Deno.test("runTurn() takes an opt-out word that answers the question of the state for the answer", async () => {
  const { parseMachine } = await import("../../mod.ts");
  const small = parseMachine({
    version: 1,
    initial: "ask",
    persona: { name: "Ana", tone: "kind", languages: ["es"] },
    states: {
      ask: {
        objective: "Know the priority",
        allowed_transitions: [{ to: "end", when: "known" }],
        fields: {
          priority: { type: "enum", required: true, description: "Priority", options: ["alta", "baja"] },
        },
      },
      end: { objective: "Say goodbye", final: true },
    },
  });
  const result = await runTurn(buildSnapshot(small, { pending: say("baja") }), {
    model: scriptedModel(buildProposal({ fields: { priority: "baja" } })),
    clock,
  });
  assert.deepEqual([result.fields, result.effects], [{ priority: "baja" }, []]);
});

Deno.test("runTurn() queues instead of escalating when nobody is there, and says when somebody will be", async () => {
  const closed = await take({ ...weekdays, pending: say("quiero hablar con una persona") });
  assert.deepEqual([closed.decision, closed.escalation?.category], ["queue", "asked_for_person"]);
  assert.equal(
    closed.replies[0]?.text,
    "Ahora no hay nadie del equipo. Te escriben por aquí mismo a partir del lunes, 23 de noviembre, 09:00.",
  );
  const away = await take({ people: { agentsOnline: 0 }, pending: say("quiero hablar con una persona") });
  assert.equal(away.decision, "queue");
  assert.match(away.replies[0]?.text ?? "", /todo el equipo está ocupado/);
  const often = await take({
    contact: { escalationsToday: 3 },
    pending: say("quiero hablar con una persona"),
  });
  assert.equal(often.decision, "queue");
});

Deno.test("runTurn() lets the machine's hand-over wait for the office hours, in the model's words and its own", async () => {
  const model = scriptedModel(buildProposal({ transition: "handed_over" }));
  const result = await take({ ...weekdays, session: { state: "qualify" } }, { model });
  assert.deepEqual([result.decision, result.toState, result.evidence.rule], [
    "queue",
    "handed_over",
    "state_calls",
  ]);
  assert.match(result.replies.at(-1)?.text ?? "", /a partir del lunes/);
});

Deno.test("runTurn() refuses a blocked topic by the customer's words and by the model's", async () => {
  const settings = {
    engine: {
      blocked_topics: [{ topic: "politics", words: ["elecciones"], answer: { es: "De política no hablo." } }],
    },
  };
  const model = scriptedModel(
    buildProposal({ topics: ["Politics"], fields: { quantity: 400 }, transition: "need" }),
  );
  const byWords = await take({ tenant: { settings }, pending: say("¿quién gana las eleciones?") }, { model });
  assert.deepEqual([byWords.decision, model.calls.length], ["refuse", 0]);
  const byModel = await take({ tenant: { settings }, pending: say("¿y el presidente?") }, { model });
  assert.deepEqual([byModel.decision, byModel.toState, byModel.fields], ["refuse", "greeting", {
    quantity: 400,
  }]);
  for (const { replies, evidence } of [byWords, byModel]) {
    assert.deepEqual(replies, [{ text: "De política no hablo.", buttons: [] }]);
    assert.equal(evidence.topic, "politics");
  }
});

Deno.test("runTurn() sends an approved answer without a model, and keeps the score of one that is not near enough", async () => {
  const near = (score: number): CanonicalAnswers => ({
    find: () => Promise.resolve({ id: "answer-1", score, text: "Enviamos a todo el país." }),
  });
  const model = scriptedModel(buildProposal());
  const sent = await take({ pending: say("¿envían al interior?") }, { model, canonical: near(0.93) });
  assert.deepEqual([sent.decision, model.calls.length, sent.replies[0]?.text], [
    "canonical",
    0,
    "Enviamos a todo el país.",
  ]);
  assert.deepEqual([sent.evidence.canonicalId, sent.scores["canonical"]], ["answer-1", 0.93]);
  const asked = await take({ pending: say("¿envían al interior?") }, { model, canonical: near(0.8) });
  assert.deepEqual([asked.decision, model.calls.length, asked.scores["canonical"]], ["auto_answer", 1, 0.8]);
  const broken: CanonicalAnswers = { find: () => Promise.reject(new Error("down")) };
  assert.equal((await take({}, { canonical: broken })).decision, "auto_answer");
});

Deno.test("runTurn() without money still sends approved answers, and else calls a person, never silence", async () => {
  const canonical: CanonicalAnswers = { find: () => Promise.resolve({ id: "a", score: 1, text: "Sí." }) };
  const model = scriptedModel(buildProposal());
  assert.equal((await take({}, { model, budget: "approved_only", canonical })).decision, "canonical");
  const spent = await take({}, { model, budget: "spent" });
  assert.deepEqual([spent.decision, spent.replies.length, model.calls.length], ["escalate", 1, 0]);
  assert.equal((await take({}, { model, budget: "save" })).decision, "auto_answer");
});

Deno.test("runTurn() falls silent against another bot and calls a person", async () => {
  const text = "Gracias por escribirnos, en breve le responderemos.";
  const history = Array.from(
    { length: 8 },
    (_, index) =>
      buildMessage(index % 2 === 0 ? { content: text } : { from: "bot", content: "¿Qué necesitas?" }),
  );
  const result = await take({ history, pending: say(text) });
  assert.deepEqual([result.decision, result.replies, result.evidence.rule], ["queue", [], "loop_guard"]);
  assert.equal(result.escalation?.urgency, "low");
});

Deno.test("runTurn() asks back between the thresholds, and calls a person when that went on too long", async () => {
  const model = scriptedModel(() => buildProposal({ confidence: 0.6 }));
  assert.equal((await take({}, { model })).decision, "clarify");
  const third = await take({ session: { clarifications: 2 } }, { model });
  assert.deepEqual([third.decision, third.evidence.rule], ["escalate", "unsure"]);
});

Deno.test("runTurn() says nothing where a person holds the session", async () => {
  const result = await take({ session: { holder: "human" } });
  assert.deepEqual([result.decision, result.replies, result.escalation], ["queue", [], null]);
});

Deno.test("runTurn() records settings that it could not use", async () => {
  const result = await take({ tenant: { settings: { engine: { thresholds: { clarify: 7 } } } } });
  assert.equal(result.evidence.refusals[0]?.what, "settings");
});
