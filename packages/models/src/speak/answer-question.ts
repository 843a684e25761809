import type { StateDefinition, StateMachine } from "@app/sales-engine/mod.ts";
import { isAlike, isContentWord, meaningsOf } from "../understand/concepts.ts";
import { scoreLanguages } from "../understand/detect-language.ts";
import type { Language } from "../understand/languages.ts";
import { sentences, tokenize } from "../understand/text.ts";

/** What the machine knows about a question. */
export interface Answer {
  text: string;
  /** `fact`: written for customers; `passage`: a sentence of the description of the business. */
  kind: "fact" | "example" | "passage";
  /** The passage of a document that it was taken from. */
  passageId?: string;
}

/** What a question is answered from. */
export interface Asked {
  /** Folded words of the question, with those that carry no meaning. */
  words: string[];
  state: StateDefinition;
  variables: Record<string, unknown>;
  language: Language;
}

/**
 * Answers from what the machine holds: its facts, then the example whose customer asked the same, then a sentence of
 * its description. Never made up: numbers of examples must be in the facts or known.
 *
 * @returns `null` if nothing fits well enough.
 */
export function answerQuestion(machine: StateMachine, asked: Asked): Answer | null {
  return fromFacts(machine, asked) ?? fromExamples(machine, asked) ?? fromBusiness(machine, asked);
}

/** The fact about what the customer chose, such as the price of the product; `null` if there is none. */
export function factAboutChoice(
  machine: StateMachine,
  variables: Record<string, unknown>,
  language: Language,
): string | null {
  const chosen = chosenValues(machine, variables);
  const fact = machine.definition.facts.find(({ about }) => about.some((each) => chosen.includes(each)));
  return fact ? machine.say(fact.text, language, variables) || null : null;
}

function chosenValues(machine: StateMachine, variables: Record<string, unknown>): string[] {
  return [...machine.fields].flatMap(([name, field]) => {
    const value = variables[name];
    return field.type === "enum" && typeof value === "string" ? [value] : [];
  });
}

function fromFacts(machine: StateMachine, { words, variables, language }: Asked): Answer | null {
  const chosen = chosenValues(machine, variables);
  const isPrice = words.some((word) => meaningsOf(word).includes("price"));
  let best: { score: number; text: string } | null = null;
  for (const { about, text } of machine.definition.facts) {
    let score = Math.max(...about.map((each) => scoreAbout(each, words)));
    // "How much is it?" is about what was chosen.
    if (isPrice && about.some((each) => chosen.includes(each))) score += 1.5;
    if (score > (best?.score ?? 0.9)) {
      const said = machine.say(text, language, variables);
      if (said !== "") best = { score, text: said };
    }
  }
  return best ? { text: best.text, kind: "fact" } : null;
}

/** 1 and more when all words of a key are there; longer keys say more. */
function scoreAbout(about: string, words: string[]): number {
  const key = tokenize(about).map((token) => token.word);
  const content = key.filter(isContentWord);
  const needed = content.length > 0 ? content : key;
  const hits = needed.filter((word) => words.some((said) => isAlike(word, said))).length;
  if (needed.length === 0 || hits < needed.length) return 0;
  // "How much is the annual plan?" is about the annual plan first, and only then about any price.
  const special = needed.filter((word) => !meaningsOf(word).includes("price"));
  const exact = special.filter((word) => words.includes(word)).length;
  return 1 + special.length * 0.2 + exact * 0.1;
}

function fromExamples(machine: StateMachine, asked: Asked): Answer | null {
  const content = asked.words.filter(isContentWord);
  if (content.length === 0) return null;
  for (const example of asked.state.examples) {
    if (typeof example === "string" || !speaks(example.language, example.bot, asked.language)) continue;
    const theirs = tokenize(example.customer).map((token) => token.word).filter(isContentWord);
    const hits = theirs.filter((word) => content.some((said) => isAlike(word, said))).length;
    const isSame = theirs.length > 0 && hits / theirs.length >= 0.6 && hits / content.length >= 0.4;
    if (isSame && isFounded(example.bot, machine, asked)) return { text: example.bot, kind: "example" };
  }
  return null;
}

function speaks(tag: string | undefined, text: string, language: Language): boolean {
  if (tag !== undefined) return tag.startsWith(language);
  const scores = scoreLanguages(text);
  return scores[language] > 0 && scores[language] >= Math.max(scores.es, scores.en, scores.pt);
}

/** Whether every number of a text is one that the machine states or the customer gave. */
function isFounded(text: string, machine: StateMachine, { variables, language }: Asked): boolean {
  const held = [
    machine.definition.business ?? "",
    ...machine.definition.facts.map((fact) => machine.say(fact.text, language, variables)),
    ...Object.values(variables).map(String),
  ].join(" ");
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  return numbers.every((number) => held.includes(number));
}

function fromBusiness(machine: StateMachine, { words, state, language }: Asked): Answer | null {
  const content = words.filter(isContentWord);
  const texts = [machine.definition.business ?? "", state.description ?? ""];
  let best: { score: number; text: string } | null = null;
  for (const { text } of texts.flatMap(sentences)) {
    if (isInstruction(text)) continue;
    const own = tokenize(text).map((token) => token.word).filter(isContentWord);
    const hits = content.filter((word) => own.some((other) => isAlike(word, other))).length;
    const special = content.filter((word) => !meaningsOf(word).includes("price"));
    const isAbout = special.length === 0 || special.some((word) => own.some((other) => isAlike(word, other)));
    const score = content.length === 0 || !isAbout ? 0 : hits / content.length;
    if (hits >= 1 && score >= 0.5 && score > (best?.score ?? 0)) best = { score, text };
  }
  if (!best) return null;
  return isForeign(best.text, language) ? null : { text: best.text, kind: "passage" };
}

/** Sentences that tell the bot what to do are not for customers. */
function isInstruction(text: string): boolean {
  return /^(?:ask|never|always|don'?t|do not|if |when |explain|greet|show|state|get|learn|know|offer|tell|make|use|keep|find|collect|pide|pregunta|nunca|siempre|no |si |cuando|explica|saluda|ofrece|muestra|pergunte|sempre|se |quando|explique|ofereça|mostre)\b/i
    .test(text) || /\b(?:the customer|el cliente|o cliente|the bot)\b/i.test(text);
}

/** A sentence in another language helps only where the languages are near enough to be read. */
function isForeign(text: string, language: Language): boolean {
  const scores = scoreLanguages(text);
  const best = Math.max(scores.es, scores.en, scores.pt);
  return best > 0 && scores[language] < best * 0.5;
}
