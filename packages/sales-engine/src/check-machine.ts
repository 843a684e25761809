import type { FieldDefinition, LocalizedText, MachineDefinition } from "./machine-definition.ts";
import type { MachineProblem } from "./invalid-machine.ts";

/** Names that a problem lists, so that a thousand problems stay readable. */
const shownNames = 20;

/**
 * Finds what a schema can't see: names that point nowhere, states without a way to an end, fields that
 * contradict each other.
 *
 * @returns Every problem, in the order of the definition; empty if the machine is sound.
 */
export function checkMachine(machine: MachineDefinition): MachineProblem[] {
  const names = Object.keys(machine.states);
  const rest = names.length - shownNames;
  const known = `one of ${names.slice(0, shownNames).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  const problems: MachineProblem[] = [];
  const report = (path: string, value: unknown, allowed: string) => problems.push({ path, value, allowed });

  if (names.length === 0) report("states", {}, "at least one state");
  if (!has(machine, machine.initial)) report("initial", machine.initial, known);
  for (const [name, state] of Object.entries(machine.states)) {
    const path = `states.${name}`;
    if (name === "escalate") report(path, name, "another name: escalate is the word for calling a person");
    const seen = new Set<string>();
    state.allowed_transitions.forEach(({ to }, index) => {
      const at = `${path}.allowed_transitions[${index}].to`;
      if (!has(machine, to)) report(at, to, known);
      else if (to === name) report(at, to, "another state: staying needs no transition");
      else if (seen.has(to)) report(at, to, "one transition to each state");
      seen.add(to);
    });
    if (
      state.on_exceeded !== "escalate" && (!has(machine, state.on_exceeded) || state.on_exceeded === name)
    ) {
      report(`${path}.on_exceeded`, state.on_exceeded, `escalate, or another state: ${known}`);
    }
  }
  for (const name of statesWithoutEnd(machine)) {
    report(`states.${name}`, name, "a way to a final state, or to a person, by transitions or on_exceeded");
  }
  return [...problems, ...checkFields(machine), ...checkPlaceholders(machine)];
}

function has(machine: MachineDefinition, state: string): boolean {
  return Object.hasOwn(machine.states, state);
}

/** Walks backwards from every end; what is not met can go on for ever. */
function statesWithoutEnd(machine: MachineDefinition): string[] {
  const sources = new Map<string, string[]>();
  for (const [name, state] of Object.entries(machine.states)) {
    for (const exit of [state.on_exceeded, ...state.allowed_transitions.map(({ to }) => to)]) {
      const known = sources.get(exit) ?? [];
      known.push(name);
      sources.set(exit, known);
    }
  }
  const names = Object.keys(machine.states);
  const ending = new Set(
    names.filter((name) => {
      const state = machine.states[name];
      return state?.final || state?.hand_over || state?.on_exceeded === "escalate";
    }),
  );
  for (const name of ending) {
    for (const source of sources.get(name) ?? []) ending.add(source);
  }
  return names.filter((name) => !ending.has(name));
}

function checkFields(machine: MachineDefinition): MachineProblem[] {
  const problems: MachineProblem[] = [];
  const first = new Map<string, { path: string; shape: string }>();
  for (const [stateName, state] of Object.entries(machine.states)) {
    for (const [fieldName, field] of Object.entries(state.fields)) {
      const path = `states.${stateName}.fields.${fieldName}`;
      problems.push(...checkField(path, field));
      // Values are shared by name, so two states that collect one field must mean the same thing.
      const shape = JSON.stringify([field.type, field.options, field.min, field.max]);
      const earlier = first.get(fieldName);
      if (earlier && earlier.shape !== shape) {
        problems.push({
          path,
          value: field.type,
          allowed: `the same type, options and limits as ${earlier.path}`,
        });
      }
      if (!earlier) first.set(fieldName, { path, shape });
    }
  }
  return problems;
}

function checkField(path: string, field: FieldDefinition): MachineProblem[] {
  const problems: MachineProblem[] = [];
  const isNumeric = field.type === "integer" || field.type === "number";
  if ((field.type === "enum") !== (field.options !== undefined)) {
    problems.push({
      path: `${path}.options`,
      value: field.options,
      allowed: "options for an enum, and for an enum only",
    });
  }
  if (!isNumeric && (field.min !== undefined || field.max !== undefined)) {
    problems.push({
      path,
      value: { min: field.min, max: field.max },
      allowed: "min and max for integer and number only",
    });
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
    problems.push({ path: `${path}.min`, value: field.min, allowed: `at most max, ${field.max}` });
  }
  const values = (field.options ?? []).map((option) => typeof option === "string" ? option : option.value);
  values.forEach((value, index) => {
    if (values.indexOf(value) !== index) {
      problems.push({ path: `${path}.options[${index}]`, value, allowed: "each value once" });
    }
  });
  return problems;
}

/** A `{quantity}` in a text must be a field that some state collects. */
function checkPlaceholders(machine: MachineDefinition): MachineProblem[] {
  const declared = new Set(Object.values(machine.states).flatMap((state) => Object.keys(state.fields)));
  const texts: [string, LocalizedText | undefined][] = [
    ...Object.entries(machine.states).flatMap(([name, state]): [string, LocalizedText | undefined][] => [
      [`states.${name}.say`, state.say],
      ...Object.entries(state.fields).map(([field, { ask }]): [string, LocalizedText | undefined] => [
        `states.${name}.fields.${field}.ask`,
        ask,
      ]),
    ]),
    ...machine.facts.map((fact, index): [string, LocalizedText] => [`facts[${index}].text`, fact.text]),
  ];
  return texts.flatMap(([path, localized]) => {
    const all = typeof localized === "string" ? [localized] : Object.values(localized ?? {});
    const used = all.flatMap((each) => [...each.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ""));
    return [...new Set(used)].filter((name) => !declared.has(name)).map((name) => ({
      path,
      value: `{${name}}`,
      allowed: declared.size > 0 ? `a field of the machine: ${[...declared].join(", ")}` : "no placeholder",
    }));
  });
}
