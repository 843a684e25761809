import type { LanguageModel, TurnResult } from "@app/sales-engine/mod.ts";
import type { OffTopicRemark, Persona } from "./customer-file.ts";
import { findInventedPrices } from "./find-invented-prices.ts";
import { Talk } from "./play.ts";
import type { Business } from "./read-business.ts";
import { ScriptedCustomer } from "./scripted-customer.ts";

/** A patient customer writes so often. */
const mostTurns = 20;
/** All conversations begin at this moment, a Saturday, so that days can be compared. */
const begin = "2026-11-21T12:00:00.000Z";

/** What became of one customer. */
export interface Outcome {
  customer: string;
  mood: string;
  language: string;
  /** `null`: no goal was expected. */
  isReached: boolean | null;
  /** The off-topic remark was neither answered nor taken for a fact; `null` where none was made. */
  isRedirected: boolean | null;
  states: string[];
  decisions: string[];
  turns: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  /** What the engine refused of the model's proposals. */
  refusals: number;
  inventedPrices: string[];
  lines: string[];
}

/** Plays a customer until they are served, a person takes over, or their patience ends. */
export async function playPersona(
  business: Business,
  model: LanguageModel,
  persona: Persona,
): Promise<Outcome> {
  const talk = new Talk(business, model, persona.language, begin);
  const customer = new ScriptedCustomer(persona);
  let botSaid: string | null = null;
  for (let turn = 0; turn < mostTurns; turn++) {
    const result = await talk.say(customer.write(botSaid));
    botSaid = result.replies.map(({ text }) => text).join("\n");
    if (isOver(result) || talk.state === persona.goal) break;
  }
  const hasAll = persona.knowing.every((field) => talk.variables[field] !== undefined);
  const isServed = persona.goal === "person"
    ? talk.results.some(({ escalation }) => escalation !== null)
    : talk.state === persona.goal && hasAll;
  return {
    ...sumUp(business, talk),
    customer: persona.name,
    mood: persona.mood,
    language: persona.language,
    isReached: persona.goal === null ? null : isServed,
    isRedirected: null,
  };
}

/** Greets, makes an off-topic remark, and sees whether the bot stays with its business. */
export async function playRemark(
  business: Business,
  model: LanguageModel,
  { language, text, answered }: OffTopicRemark,
): Promise<Outcome> {
  const talk = new Talk(business, model, language, begin);
  await talk.say(({ es: "hola", en: "hello", pt: "oi" })[language] ?? "hello");
  const result = await talk.say(text);
  const said = result.replies.map((reply) => reply.text).join("\n");
  const isBack = result.decision !== "auto_answer" || said.includes("?");
  return {
    ...sumUp(business, talk),
    customer: text,
    mood: "off-topic",
    language,
    isReached: null,
    isRedirected: isBack && !answered.test(said) && Object.keys(result.fields).length === 0 &&
      said.length < 1_000,
  };
}

function isOver({ decision }: TurnResult): boolean {
  return decision === "escalate" || decision === "queue";
}

function sumUp({ machine }: Business, talk: Talk) {
  const { results, lines, written } = talk;
  const sum = (of: (result: TurnResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    states: [...new Set(results.flatMap(({ fromState, toState }) => [fromState, toState]))],
    decisions: results.map(({ decision }) => decision),
    turns: results.length,
    calls: sum(({ model }) => model.calls),
    inputTokens: sum(({ model }) => model.inputTokens),
    outputTokens: sum(({ model }) => model.outputTokens),
    costUsd: sum(({ model }) => model.costUsd),
    refusals: sum(({ evidence }) => evidence.refusals.length),
    inventedPrices: findInventedPrices(
      results.flatMap(({ replies }) => replies.map(({ text }) => text)),
      JSON.stringify(machine),
      written,
    ),
    lines,
  };
}
