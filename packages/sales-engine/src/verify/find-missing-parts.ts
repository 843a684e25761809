import { hasTextIn } from "../localized-text.ts";
import type { LocalizedText, MachineDefinition } from "../machine-definition.ts";
import type { Finding } from "./finding.ts";
import { type MachineGraph, shortestWay } from "./machine-graph.ts";

/** What a tenant has, beside what the engine brings along. */
export interface KnownParts {
  /** Names of tools; the built-in ones are always there. Not checked if absent. */
  tools?: string[];
  /** Names of knowledge bases. Not checked if absent. */
  knowledge?: string[];
}

/** Minutes in which free text may follow a customer's last message. */
const windowMinutes = 24 * 60;

/** Finds names of things that there are not, texts that are missing, and reminders that come too late. */
export function findMissingParts(
  machine: MachineDefinition,
  graph: MachineGraph,
  known: KnownParts,
  builtIn: readonly string[],
): Finding[] {
  const tools = known.tools && new Set([...builtIn, ...known.tools]);
  const knowledge = known.knowledge && new Set(known.knowledge);
  return Object.entries(machine.states).flatMap(([name, state]): Finding[] => {
    const path = `states.${name}`;
    const example = () => shortestWay(graph, machine.initial, name) ?? [];
    const missing = (code: Finding["code"], kind: string, listed: string[], have: Set<string> | undefined) =>
      listed.flatMap((each, index): Finding[] =>
        have === undefined || have.has(each) ? [] : [{
          code,
          severity: "error",
          path: `${path}.${kind}[${index}]`,
          message: `"${name}" wants "${each}", and there is none of that name`,
          example: example(),
        }]
      );
    return [
      ...missing("unknown_tool", "tools", state.tools, tools),
      ...missing("unknown_knowledge", "knowledge", state.knowledge, knowledge),
      ...lateFollowUp(name, state.follow_up, example),
      ...missingLanguages(machine, `${path}.say`, state.say),
      ...Object.entries(state.fields).flatMap(([field, { ask }]) =>
        missingLanguages(machine, `${path}.fields.${field}.ask`, ask)
      ),
    ];
  });
}

function lateFollowUp(
  name: string,
  followUp: { after_minutes: number } | undefined,
  example: () => Finding["example"],
): Finding[] {
  if (followUp === undefined || followUp.after_minutes < windowMinutes) return [];
  return [{
    code: "free_text_outside_window",
    severity: "error",
    path: `states.${name}.follow_up.after_minutes`,
    message:
      `The reminder of "${name}" is due ${followUp.after_minutes} minutes after the customer's last message, ` +
      `and free text may be sent for ${windowMinutes} minutes only`,
    example: example(),
  }];
}

function missingLanguages(
  { persona }: MachineDefinition,
  path: string,
  text: LocalizedText | undefined,
): Finding[] {
  if (text === undefined || typeof text === "string") return [];
  const missing = persona.languages.filter((language) => !hasTextIn(text, language));
  if (missing.length === 0) return [];
  return [{
    code: "missing_language",
    severity: "warning",
    path,
    message: `The text is not written in ${missing.join(", ")}; customers of that language read another one`,
    example: [],
  }];
}
