import { type MachineDefinition, parseMachine } from "@app/sales-engine/mod.ts";
import fc from "fast-check";

const types = ["string", "integer", "number", "boolean", "date", "email", "phone", "enum"] as const;
const fieldNames = [
  "quantity",
  "product",
  "delivery_date",
  "company",
  "tax_id",
  "full_name",
  "color",
  "notes",
  "x1",
  "is_member",
  "budget",
];
const texts = fc.constantFrom(
  "the customer agrees",
  "quantity is known",
  "el cliente no quiere seguir",
  "wants another product",
  "talks to a person",
  "o cliente confirma",
  "?",
  "…",
  "anything $& {x} \\ (a|b",
  "🎉",
);
const localized = fc.oneof(
  fc.constantFrom("Hola. ¿Qué buscas?", "Hi!", "Go on?", "…"),
  fc.record({ es: fc.constant("Hola, ¿seguimos?"), fr: fc.constant("Bonjour") }),
  fc.record({ "pt-BR": fc.constant("Oi!") }),
);

const field = fc.record({
  type: fc.constantFrom(...types),
  required: fc.boolean(),
  description: texts,
  ask: fc.option(localized, { nil: undefined }),
  options: fc.uniqueArray(fc.constantFrom("red", "rojo claro", "big", "no", "2", "😀", "premium plus"), {
    minLength: 1,
    maxLength: 5,
  }),
});

const state = fc.record({
  objective: texts,
  say: fc.option(localized, { nil: undefined }),
  examples: fc.array(texts, { maxLength: 2 }),
  edges: fc.array(fc.record({ to: fc.nat(7), when: texts, may_skip_fields: fc.boolean() }), { maxLength: 4 }),
  names: fc.uniqueArray(fc.constantFrom(...fieldNames), { maxLength: 4 }),
  final: fc.boolean(),
  isHandOver: fc.boolean(),
});

/**
 * Machines that are valid by the schema and all its checks, and otherwise as odd as they come: circles, ends that
 * lead on, states without a way out, texts in other languages.
 */
export const arbitraryMachine: fc.Arbitrary<MachineDefinition> = fc.record({
  states: fc.array(state, { minLength: 1, maxLength: 8 }),
  fields: fc.array(field, { minLength: fieldNames.length, maxLength: fieldNames.length }),
  languages: fc.constantFrom(["es", "en", "pt"], ["en"], ["fr"], ["pt-BR", "es"]),
  business: fc.option(texts, { nil: undefined }),
}).map(({ states, fields, languages, business }) =>
  parseMachine({
    version: 1,
    initial: "s0",
    persona: { name: "Ana", tone: "kind", languages },
    business,
    facts: [{ about: ["price", "precio"], text: "It costs 3 USD." }],
    states: Object.fromEntries(states.map((made, index) => {
      const targets = made.edges.map((edge) => ({ ...edge, to: edge.to % states.length }));
      const transitions = targets.filter(({ to }, place) =>
        to !== index && targets.findIndex((other) => other.to === to) === place
      );
      return [`s${index}`, {
        objective: made.objective,
        say: made.say,
        examples: made.examples,
        final: made.final,
        hand_over: made.isHandOver ? { reason: "A person is needed" } : undefined,
        allowed_transitions: transitions.map((edge) => ({ ...edge, to: `s${edge.to}` })),
        fields: Object.fromEntries(
          made.names.map((name) => [name, toField(fields[fieldNames.indexOf(name)])]),
        ),
      }];
    })),
  })
);

function toField(made: { type: string; options: string[] } | undefined): Record<string, unknown> {
  if (!made) throw new RangeError("Cannot make a field: every name has one");
  const { options, ...rest } = made;
  return made.type === "enum" ? { ...rest, options } : rest;
}
