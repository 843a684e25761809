/** What kinds of faults a machine can have. */
export type FindingCode =
  /** It is not a machine at all: a key, a type, a limit. */
  | "invalid"
  /** A name that points to no state. */
  | "transition_to_nowhere"
  /** No conversation can come there. */
  | "unreachable_state"
  /** Nothing that a customer says leads out. */
  | "dead_end"
  /** A circle that no conversation leaves. */
  | "loop_without_bound"
  /** Running out of turns leads from state to state and never to a person or an end. */
  | "missing_fallback"
  /** A text uses a value that may not be known yet. */
  | "field_used_before_set"
  /** A tool that there is not. */
  | "unknown_tool"
  /** A knowledge base that there is not. */
  | "unknown_knowledge"
  /** A text would be due after the reply window has closed. */
  | "free_text_outside_window"
  /** The machine is too long to be shown to a model. */
  | "prompt_too_long"
  /** A text is not written in a language of the persona. */
  | "missing_language";

/** One step of a conversation through a machine. */
export interface ExampleStep {
  from: string;
  to: string;
  /** What happens between the two, in the words of the machine. */
  because: string;
}

/** Something that verification found. */
export interface Finding {
  code: FindingCode;
  /** Errors keep a machine from being published; warnings do not. */
  severity: "error" | "warning";
  /** Where, such as `states.quote.say`. */
  path: string;
  /** What is wrong and what it does to a customer, in plain words. */
  message: string;
  /** The shortest conversation from the start that meets it; empty where there is none. */
  example: ExampleStep[];
}

/** The example in one line, for people to read. */
export function describeExample(example: ExampleStep[]): string {
  const [first] = example;
  if (!first) return "";
  return [first.from, ...example.map(({ to, because }) => `→ ${to} (${because})`)].join(" ");
}
