import assert from "node:assert/strict";
import fc from "fast-check";
import gym from "../machines/gym.json" with { type: "json" };
import packaging from "../machines/packaging-wholesaler.json" with { type: "json" };
import { InvalidMachine, machineJsonSchema, parseMachine } from "../mod.ts";

const persona = { name: "Ana", tone: "kind", languages: ["es"] };

/** The smallest machine, with changes. */
function machine(states: Record<string, unknown>, changes: Record<string, unknown> = {}) {
  return { version: 1, initial: "start", persona, states, ...changes };
}

function problemsOf(value: unknown): Record<string, string> {
  try {
    parseMachine(value);
  } catch (error) {
    assert.ok(error instanceof InvalidMachine);
    return Object.fromEntries(error.problems.map(({ path, allowed }) => [path, allowed]));
  }
  return {};
}

Deno.test("parseMachine() fills in the defaults of the smallest machine", () => {
  const { states, escalation, rules, facts } = parseMachine(machine({ start: { objective: "Greet" } }));
  assert.deepEqual({ ...states["start"], escalation, rules, facts }, {
    objective: "Greet",
    completion_signals: [],
    allowed_transitions: [],
    fields: {},
    tools: [],
    knowledge: [],
    examples: [],
    max_turns: 12,
    on_exceeded: "escalate",
    final: false,
    escalation: { keywords: [], when: [], after_failed_turns: 2 },
    rules: [],
    facts: [],
  });
});

Deno.test("parseMachine() takes a machine that uses every key", () => {
  const qualify = {
    objective: "Know how many",
    description: "Ask",
    completion_signals: ["Known"],
    allowed_transitions: [{ to: "pitch", when: "known" }],
    fields: { quantity: { type: "integer", required: true, description: "Units", pii: false } },
    tools: ["search_products"],
    knowledge: ["catalogue"],
    examples: ["¿Cuántas?"],
    max_turns: 6,
    on_exceeded: "escalate",
    final: false,
  };
  const escalation = { keywords: ["humano"], when: ["angry"], after_failed_turns: 2 };
  parseMachine(machine({ start: qualify, pitch: { objective: "Sell", final: true } }, { escalation }));
});

Deno.test("parseMachine() reads its own output again, unchanged", () => {
  for (const demo of [gym, packaging]) {
    const parsed = parseMachine(demo);
    assert.deepEqual(parseMachine(structuredClone(parsed)), parsed);
  }
});

Deno.test("parseMachine() lists every problem with path and what is allowed", () => {
  assert.deepEqual(
    problemsOf(machine({
      start: {
        objective: "",
        colour: "red",
        max_turns: 0,
        fields: { "Full Name": {}, age: { type: "money", description: "d" } },
      },
    }, { persona: { ...persona, languages: ["spanish!"] }, version: "one" })),
    {
      "version": "number",
      "persona.languages[0]": "a BCP 47 language such as es, en, pt or pt-BR",
      "states.start.objective": "at least 1 characters",
      "states.start.fields.Full Name":
        "a lowercase name of at most 63 letters, digits and _, starting with a letter",
      "states.start.fields.age.type": "one of string, integer, number, boolean, date, email, phone, enum",
      "states.start.max_turns": "at least 1",
      "states.start.colour": "no such key",
    },
  );
});

Deno.test("parseMachine() says which names point nowhere", () => {
  const start = {
    objective: "a",
    allowed_transitions: [{ to: "moon", when: "w" }, { to: "start", when: "w" }],
    on_exceeded: "mars",
  };
  assert.deepEqual(problemsOf(machine({ start }, { initial: "begin" })), {
    "initial": "one of start",
    "states.start.allowed_transitions[0].to": "one of start",
    "states.start.allowed_transitions[1].to": "another state: staying needs no transition",
    "states.start.on_exceeded": "escalate, or another state: one of start",
    "states.start": "a way to a final state, or to a person, by transitions or on_exceeded",
  });
});

Deno.test("parseMachine() refuses states that can go on for ever", () => {
  const loop = {
    start: { objective: "a", on_exceeded: "other", allowed_transitions: [{ to: "other", when: "w" }] },
    other: { objective: "b", on_exceeded: "start" },
  };
  assert.deepEqual(Object.keys(problemsOf(machine(loop))), ["states.start", "states.other"]);
  const open = {
    ...loop,
    other: { ...loop.other, allowed_transitions: [{ to: "end", when: "w" }] },
    end: { objective: "c", final: true },
  };
  assert.deepEqual(problemsOf(machine(open)), {});
});

Deno.test("parseMachine() refuses fields that contradict themselves or each other", () => {
  const field = { description: "d" };
  const problems = problemsOf(machine({
    start: {
      objective: "a",
      fields: {
        colour: { ...field, type: "enum" },
        size: { ...field, type: "string", options: ["s"] },
        city: { ...field, type: "string", min: 3 },
        age: { ...field, type: "integer", min: 9, max: 3 },
        cut: { ...field, type: "enum", options: ["a", "a"] },
        day: { ...field, type: "date" },
      },
    },
    end: {
      objective: "b",
      final: true,
      fields: { day: { ...field, type: "string" } },
      say: "See you on {dya}",
    },
  }));
  assert.deepEqual(Object.keys(problems), [
    "states.start.fields.colour.options",
    "states.start.fields.size.options",
    "states.start.fields.city",
    "states.start.fields.age.min",
    "states.start.fields.cut.options[1]",
    "states.end.fields.day",
    "states.end.say",
  ]);
});

Deno.test("parseMachine() survives what is no machine at all", () => {
  for (const value of [null, undefined, 7, "machine", [], {}, { states: null }, machine({})]) {
    assert.throws(() => parseMachine(value), InvalidMachine);
  }
  const hostile = JSON.parse(
    '{"version":1,"initial":"__proto__","persona":{"name":"a","tone":"b","languages":["es"]},"states":{"__proto__":{"objective":"o"}}}',
  );
  assert.throws(() => parseMachine(hostile), InvalidMachine);
});

Deno.test("InvalidMachine shows the first problems and counts the rest", () => {
  const problems = Array.from(
    { length: 7 },
    (_, index) => ({ path: `states.s${index}`, value: index, allowed: "nothing" }),
  );
  assert.match(
    new InvalidMachine(problems).message,
    /^Cannot use machine: states\.s0 is 0, allowed is nothing; .*; and 2 more$/,
  );
});

Deno.test("machineJsonSchema() is closed and knows every key", () => {
  const schema = machineJsonSchema();
  assert.equal(schema["additionalProperties"], false);
  assert.deepEqual(schema["required"], ["version", "initial", "persona", "states"]);
});

/** Every place in a value, as keys from the root. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  assert.ok(typeof value === "object" && value !== null);
  const inner = replaceAt(Reflect.get(value, key), rest, replacement);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
}

Deno.test("parseMachine() takes a damaged machine or names the damage, 1,000 times", () => {
  const damage = fc.oneof(fc.jsonValue(), fc.constantFrom("", "moon", -1, 1e9, [], {}, null, "{moon}"));
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(gym)), damage, (path, value) => {
      try {
        parseMachine(replaceAt(gym, path, value));
      } catch (error) {
        assert.ok(error instanceof InvalidMachine && error.problems.length > 0);
        assert.ok(error.problems.every(({ allowed }) => allowed.length > 0));
      }
    }),
    { numRuns: 1000, seed: 20261121 },
  );
});
