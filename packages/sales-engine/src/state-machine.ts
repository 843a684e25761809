import { pickText } from "./localized-text.ts";
import type {
  FieldDefinition,
  LocalizedText,
  MachineDefinition,
  StateDefinition,
  TransitionDefinition,
} from "./machine-definition.ts";
import { showValue } from "./show-value.ts";

const machines = new WeakMap<MachineDefinition, StateMachine>();

/** Answers questions about a machine. Holds no conversation: states and variables are passed in. */
export class StateMachine {
  /** Names of the states, from the start outwards; those that no arrow reaches come last. */
  readonly states: readonly string[];
  /** Every field that some state declares, by name, in the order in which a conversation meets them. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  readonly #depths: ReadonlyMap<string, number>;

  private constructor(readonly definition: MachineDefinition) {
    this.#depths = depthsOf(definition);
    this.states = [...new Set([...this.#depths.keys(), ...Object.keys(definition.states)])];
    this.fields = new Map(this.states.flatMap((name) => this.fieldsOf(name)));
  }

  /** The machine of a parsed definition; one per object, so pass the same object turn after turn. */
  static of(definition: MachineDefinition): StateMachine {
    const known = machines.get(definition);
    if (known) return known;
    const made = new StateMachine(definition);
    machines.set(definition, made);
    return made;
  }

  get initial(): string {
    return this.definition.initial;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.definition.states, name);
  }

  /** @throws {RangeError} If the machine has no such state; ask {@linkcode has} first for names from outside. */
  state(name: string): StateDefinition {
    const state = this.has(name) ? this.definition.states[name] : undefined;
    if (!state) {
      throw new RangeError(
        `Cannot find state "${name}" among ${Object.keys(this.definition.states).join(", ")}`,
      );
    }
    return state;
  }

  transition(from: string, to: string): TransitionDefinition | undefined {
    return this.state(from).allowed_transitions.find((transition) => transition.to === to);
  }

  /** Whether the machine draws an arrow between the two; fields are not looked at. */
  canMove(from: string, to: string): boolean {
    return this.transition(from, to) !== undefined;
  }

  /**
   * Required fields that hold back a move. Going back towards the start is never held back, nor is a
   * transition with `may_skip_fields`.
   */
  fieldsHoldingBack(from: string, to: string, variables: Record<string, unknown>): string[] {
    if (this.transition(from, to)?.may_skip_fields || this.#isStepBack(from, to)) return [];
    return this.missingFields(from, variables);
  }

  /** The fields of a state in the order in which they are asked for. */
  fieldsOf(name: string): [string, FieldDefinition][] {
    return Object.entries(this.state(name).fields).sort(([, one], [, other]) => one.order - other.order);
  }

  /** Required fields of the state that have no value yet, in the order in which they are asked for. */
  missingFields(name: string, variables: Record<string, unknown>): string[] {
    return this.fieldsOf(name)
      .filter(([field, { required }]) => required && !hasValue(variables, field))
      .map(([field]) => field);
  }

  isFinal(name: string): boolean {
    return this.state(name).final;
  }

  /** Whether coming to this state calls a person. */
  isHandOver(name: string): boolean {
    return this.state(name).hand_over !== undefined;
  }

  /**
   * A text of the machine as it is said: values in place of `{field}`, and without the sentences whose
   * values are missing.
   *
   * @returns The text; empty if no sentence could be said.
   */
  say(text: LocalizedText, language: string, variables: Record<string, unknown>): string {
    const picked = pickText(text, language, this.definition.persona.languages);
    const lines = picked.text.split("\n").map((line) => {
      const sentences = line.split(/(?<=[.!?…])\s+/);
      return sentences.map((sentence) => this.#fill(sentence, picked.language, variables)).join(" ").replace(
        / {2,}/g,
        " ",
      ).trim();
    });
    return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim();
  }

  #fill(sentence: string, language: string, variables: Record<string, unknown>): string {
    let isComplete = true;
    const filled = sentence.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const field = this.fields.get(name);
      if (field && hasValue(variables, name)) {
        return showValue(field, variables[name], language, this.definition.persona.languages);
      }
      isComplete = false;
      return "";
    });
    return isComplete ? filled : "";
  }

  /** Ends are never "back": a machine may allow them early, and fields guard them all the same. */
  #isStepBack(from: string, to: string): boolean {
    if (this.isFinal(to) || this.isHandOver(to)) return false;
    return (this.#depths.get(to) ?? 0) < (this.#depths.get(from) ?? 0);
  }
}

/** Whether a value was collected: not absent, `null` or blank. */
export function hasValue(variables: Record<string, unknown>, name: string): boolean {
  if (!Object.hasOwn(variables, name)) return false;
  const value = variables[name];
  return value !== undefined && value !== null && value !== "";
}

/** How many steps each state is from the start. */
function depthsOf(machine: MachineDefinition): Map<string, number> {
  const depths = new Map([[machine.initial, 0]]);
  for (const [name, depth] of depths) {
    for (const { to } of machine.states[name]?.allowed_transitions ?? []) {
      if (!depths.has(to)) depths.set(to, depth + 1);
    }
  }
  return depths;
}
