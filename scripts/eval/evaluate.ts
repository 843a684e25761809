import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { type OffTopicRemark, type Persona, readOffTopic, readPersonas } from "./customer-file.ts";
import { type Outcome, playPersona, playRemark } from "./play-customer.ts";
import type { Business } from "./read-business.ts";

const languages = ["es", "en", "pt"] as const;

/** Customers of a machine, and remarks that have nothing to do with any. */
export interface Audience {
  personas: Persona[];
  remarks: OffTopicRemark[];
}

/**
 * Reads the customers of a kind of business, such as `gym`.
 *
 * @throws {Error} When there are none of that kind; it names those that there are.
 */
export async function readAudience(kind: string): Promise<Audience> {
  const folder = new URL("customers/", import.meta.url);
  const kinds = Array.from(Deno.readDirSync(folder), ({ name }) => name.split(".")[0] ?? "");
  if (!kinds.includes(kind) || kind === "off-topic") {
    const known = [...new Set(kinds)].filter((each) => each !== "off-topic").sort().join(", ");
    throw new Error(`Cannot find customers of "${kind}": choose with --customers among ${known}`);
  }
  const read = (name: string) => Deno.readTextFile(new URL(`${name}.txt`, folder));
  const personas = await Promise.all(
    languages.map(async (language) => readPersonas(await read(`${kind}.${language}`), language)),
  );
  const remarks = await Promise.all(
    languages.map(async (language) => readOffTopic(await read(`off-topic.${language}`), language)),
  );
  return { personas: personas.flat(), remarks: remarks.flat() };
}

/** Figures of a whole run, to be printed and compared. */
export type EvalFigures = Record<
  | "customers"
  | "goal_reached_pct"
  | "off_topic"
  | "redirected_pct"
  | "invented_prices"
  | "refusals"
  | "turns"
  | "turns_per_customer"
  | "calls"
  | "input_tokens"
  | "output_tokens"
  | "cost_usd"
  | `decision_${Outcome["decisions"][number]}`,
  number
>;

/** Plays everybody, one after the other, so that a provider's limits are kept. */
export async function evaluate(
  business: Business,
  model: LanguageModel,
  { personas, remarks }: Audience,
): Promise<{ outcomes: Outcome[]; figures: EvalFigures }> {
  const outcomes: Outcome[] = [];
  for (const persona of personas) outcomes.push(await playPersona(business, model, persona));
  for (const remark of remarks) outcomes.push(await playRemark(business, model, remark));
  return { outcomes, figures: figuresOf(outcomes) };
}

function figuresOf(outcomes: Outcome[]): EvalFigures {
  const served = outcomes.filter(({ isReached }) => isReached !== null);
  const strayed = outcomes.filter(({ isRedirected }) => isRedirected !== null);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const decisions = new Map<string, number>();
  for (const decision of outcomes.flatMap((each) => each.decisions)) {
    decisions.set(decision, (decisions.get(decision) ?? 0) + 1);
  }
  return {
    customers: outcomes.length - strayed.length,
    goal_reached_pct: share(served.filter(({ isReached }) => isReached).length, served.length),
    off_topic: strayed.length,
    redirected_pct: share(strayed.filter(({ isRedirected }) => isRedirected).length, strayed.length),
    invented_prices: sum(({ inventedPrices }) => inventedPrices.length),
    refusals: sum(({ refusals }) => refusals),
    turns: sum(({ turns }) => turns),
    turns_per_customer: round(
      served.reduce((total, { turns }) => total + turns, 0) / Math.max(1, served.length),
    ),
    calls: sum(({ calls }) => calls),
    input_tokens: sum(({ inputTokens }) => inputTokens),
    output_tokens: sum(({ outputTokens }) => outputTokens),
    cost_usd: round(sum(({ costUsd }) => costUsd), 1e6),
    ...Object.fromEntries([...decisions].sort().map(([name, count]) => [`decision_${name}`, count])),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : round(100 * part / whole);
}

function round(value: number, steps = 100): number {
  return Math.round(value * steps) / steps;
}
