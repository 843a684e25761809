import assert from "node:assert/strict";
import { describeExample, type Finding, isPublishable, verifyMachine } from "../../mod.ts";
import { demoMachines } from "../../testing.ts";

type States = Record<string, Record<string, unknown>>;

function machineOf(states: States, changes: Record<string, unknown> = {}) {
  const initial = Object.keys(states)[0];
  const whole = Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, { objective: "Help", ...state }]),
  );
  return {
    version: 1,
    initial,
    persona: { name: "Ana", tone: "kind", languages: ["es"] },
    states: whole,
    ...changes,
  };
}

const to = (...names: string[]) => ({
  allowed_transitions: names.map((name) => ({ to: name, when: `the customer wants ${name}` })),
});
const end = { final: true };
const text = { type: "string", required: true, description: "A text" };

function only(findings: Finding[], code: Finding["code"]): Finding {
  const found = findings.filter((each) => each.code === code);
  assert.equal(found.length, 1, JSON.stringify(findings, null, 1));
  return found[0] as Finding;
}

Deno.test("verifyMachine() finds nothing wrong with the demo machines", () => {
  for (const machine of Object.values(demoMachines)) {
    assert.deepEqual(verifyMachine(machine).filter(({ severity }) => severity === "error"), []);
  }
});

Deno.test("verifyMachine() finds a state that nothing leads to", () => {
  const finding = only(verifyMachine(machineOf({ a: to("b"), b: end, lost: to("b") })), "unreachable_state");
  assert.deepEqual([finding.path, finding.severity], ["states.lost", "warning"]);
});

Deno.test("verifyMachine() finds a dead end and the shortest conversation into it", () => {
  const findings = verifyMachine(machineOf({ a: to("b", "c"), b: to("c", "d"), c: end, d: {} }));
  const finding = only(findings, "dead_end");
  assert.equal(finding.path, "states.d.allowed_transitions");
  assert.equal(describeExample(finding.example), "a → b (the customer wants b) → d (the customer wants d)");
  assert.equal(isPublishable(findings), false);
});

Deno.test("verifyMachine() finds a circle that nothing leaves, with the way into it and round", () => {
  const finding = only(
    verifyMachine(machineOf({ a: to("b", "end"), b: to("c"), c: to("b"), end })),
    "loop_without_bound",
  );
  assert.deepEqual(finding.example.map((step) => step.to), ["b", "c", "b"]);
  assert.equal(finding.severity, "error");
});

Deno.test("verifyMachine() lets circles pass that a customer can leave", () => {
  assert.deepEqual(verifyMachine(machineOf({ a: to("b"), b: to("a", "end"), end })), []);
});

Deno.test("verifyMachine() finds limits that only lead in circles", () => {
  const states = {
    a: { ...to("b", "end"), on_exceeded: "b" },
    b: { ...to("a", "end"), on_exceeded: "a" },
    end,
  };
  const found = verifyMachine(machineOf(states)).filter(({ code }) => code === "missing_fallback");
  assert.deepEqual(found.map(({ path }) => path), ["states.a.on_exceeded", "states.b.on_exceeded"]);
});

Deno.test("verifyMachine() finds a value that may be missing when it is said, by the shortest way around it", () => {
  const states = {
    ask: {
      fields: { city: text },
      allowed_transitions: [
        { to: "bye", when: "the city is known" },
        { to: "doubt", when: "the customer does not want to say", may_skip_fields: true },
      ],
    },
    doubt: to("bye"),
    bye: { final: true, say: "Nos vemos en {city}." },
  };
  const finding = only(verifyMachine(machineOf(states)), "field_used_before_set");
  assert.deepEqual([finding.path, finding.severity], ["states.bye.say", "warning"]);
  assert.deepEqual(finding.example.map((step) => step.to), ["doubt", "bye"]);
  const guarded = { ...states, doubt: to("ask") };
  assert.deepEqual(verifyMachine(machineOf(guarded)), []);
});

Deno.test("verifyMachine() finds names that point nowhere", () => {
  const findings = verifyMachine(
    machineOf({ a: to("nowhere", "b"), b: { final: true, on_exceeded: "gone" } }),
  );
  const paths = findings.filter(({ code }) => code === "transition_to_nowhere").map(({ path }) => path);
  assert.deepEqual(paths, ["states.a.allowed_transitions[0].to", "states.b.on_exceeded"]);
  assert.equal(
    only(verifyMachine(machineOf({ a: end }, { initial: "z" })), "transition_to_nowhere").path,
    "initial",
  );
});

Deno.test("verifyMachine() finds tools and knowledge that there are not, and knows its own tools", () => {
  const machine = machineOf({
    a: { ...to("b"), tools: ["search_knowledge", "stock"], knowledge: ["prices"] },
    b: end,
  });
  assert.deepEqual(verifyMachine(machine), []);
  const findings = verifyMachine(machine, { tools: [], knowledge: ["catalogue"] });
  assert.equal(only(findings, "unknown_tool").path, "states.a.tools[1]");
  assert.equal(only(findings, "unknown_knowledge").path, "states.a.knowledge[0]");
  assert.deepEqual(verifyMachine(machine, { tools: ["stock"], knowledge: ["prices"] }), []);
});

Deno.test("verifyMachine() finds a reminder that would come after the reply window", () => {
  const at = (minutes: number) =>
    machineOf({ a: { ...to("b"), follow_up: { after_minutes: minutes } }, b: end });
  assert.equal(only(verifyMachine(at(1440)), "free_text_outside_window").severity, "error");
  assert.deepEqual(verifyMachine(at(1439)), []);
});

Deno.test("verifyMachine() finds texts that a language of the persona lacks", () => {
  const machine = machineOf({ a: { ...to("b"), say: { es: "Hola", en: "Hi" } }, b: end }, {
    persona: { name: "Ana", tone: "kind", languages: ["es", "pt-BR"] },
  });
  assert.match(only(verifyMachine(machine), "missing_language").message, /not written in pt-BR/);
});

Deno.test("verifyMachine() says what is no machine at all", () => {
  for (const value of [null, "machine", [], {}, { version: 1 }, machineOf({})]) {
    const findings = verifyMachine(value);
    assert.ok(
      findings.length > 0 &&
        findings.every(({ code, severity }) => code !== "dead_end" && severity === "error"),
    );
  }
});

Deno.test("verifyMachine() takes a machine of one state", () => {
  assert.deepEqual(verifyMachine(machineOf({ only: end })), []);
  only(verifyMachine(machineOf({ only: {} })), "dead_end");
});

Deno.test("verifyMachine() bounds what it says about 2,000 states with names in emoji", () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `${"🍕".repeat(index % 7)}🧾${index}`);
  const findings = verifyMachine(machineOf(Object.fromEntries(names.map((name) => [name, to("🍕")]))));
  assert.equal(findings.length, 500);
  assert.match(findings[0]?.message ?? "", /lowercase name/);
});

Deno.test("verifyMachine() takes 2,000 states, tangled and in a row", () => {
  const name = (index: number) => `s${index % 2_000}`;
  const row = Array.from({ length: 2_000 }, (_, index): [string, Record<string, unknown>] => [
    name(index),
    {
      ...(index === 1_999 ? end : to(name(index + 1))),
      say: "Hola {city}.",
      ...(index === 0 && { fields: { city: text } }),
    },
  ]);
  const inRow = verifyMachine(machineOf(Object.fromEntries(row)));
  assert.deepEqual(inRow.map(({ code, path }) => [code, path]), [["field_used_before_set", "states.s0.say"]]);
  const tangled = Array.from({ length: 2_000 }, (_, index): [string, Record<string, unknown>] => [
    name(index),
    to(...new Set(Array.from({ length: 20 }, (_, step) => name(index + 1 + step * step * 7)))),
  ]);
  const findings = verifyMachine(machineOf(Object.fromEntries(tangled)));
  only(findings, "loop_without_bound");
  // Each of them is shown to the model in every turn, with all its ways out.
  assert.match(only(findings, "prompt_too_long").message, /letters, at most 400,000 fit/);
});
