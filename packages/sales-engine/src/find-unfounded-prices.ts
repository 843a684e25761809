import { findAmounts, findCounts } from "./find-amounts.ts";
import { judgeFields } from "./judge-fields.ts";
import type { MachineDefinition } from "./machine-definition.ts";
import type { Reply } from "./turn-result.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { StateMachine } from "./state-machine.ts";

/** Rounding that a total may have had: half a percent, or half a cent. */
const relativeSlack = 0.005;
const absoluteSlack = 0.005;

interface MachineNumbers {
  prices: number[];
  /** As factors: a discount or surcharge of 10 % is 0.9 and 1.1. */
  factors: number[];
}

const numbersOf = new WeakMap<MachineDefinition, MachineNumbers>();

/**
 * Finds prices in replies that nothing bears out. A price is borne out if it stands in the machine, in what
 * was collected, or in what we said before; or if it is a price of the machine times a count that was
 * mentioned, with a percentage of the machine or a surcharge that is stated beside it. What a customer
 * claims bears out nothing.
 *
 * @param found What tools and searches of this turn brought to light; its prices count like the machine's.
 *
 * @returns For each reply the prices without evidence, as written.
 */
export function findUnfoundedPrices(
  snapshot: TurnSnapshot,
  { replies, fields }: { replies: Reply[]; fields: Record<string, unknown> },
  found: string[] = [],
): string[][] {
  const { accepted } = judgeFields(StateMachine.of(snapshot.machine), fields);
  return replies.map(({ text, buttons, list }) => {
    const rows = (list?.rows ?? []).flatMap(({ title, description }) => [title, description ?? ""]);
    const said = [text, ...buttons.map(({ title }) => title), ...rows].join("\n");
    const amounts = findAmounts(said);
    if (amounts.length === 0) return [];
    const evidence = gather(snapshot, accepted, said, found);
    return amounts.filter(({ values }) => !values.some((value) => isBorneOut(value, evidence))).map((
      { written },
    ) => written);
  });
}

interface Evidence extends MachineNumbers {
  /** Amounts that are right as they are and no price to multiply. */
  known: number[];
  counts: number[];
  /** Prices of the machine that this reply, or one before it, stated: only those are added up. */
  surcharges: number[];
}

function gather(
  snapshot: TurnSnapshot,
  fields: Record<string, unknown>,
  said: string,
  found: string[],
): Evidence {
  const machine = readMachine(snapshot.machine);
  const collected = Object.values({ ...snapshot.session.variables, ...fields });
  const collectedNumbers = collected.filter((value) => typeof value === "number");
  const ours = snapshot.history.filter((message) => message.from !== "contact").map((message) =>
    message.content
  );
  const theirs = [...snapshot.history, ...snapshot.pending].filter((message) => message.from === "contact")
    .map((message) => message.content);
  const stated = amountsIn([said, ...ours]);
  return {
    ...machine,
    prices: found.length === 0 ? machine.prices : [...machine.prices, ...amountsIn(found)],
    known: [...collectedNumbers, ...amountsIn([...collected.map(String), ...ours])],
    counts: [1, ...collectedNumbers, ...[...theirs, said].flatMap(findCounts)],
    surcharges: machine.prices.filter((price) => stated.includes(price)),
  };
}

function amountsIn(texts: string[]): number[] {
  return texts.flatMap((text) => findAmounts(text).flatMap(({ values }) => values));
}

function isBorneOut(amount: number, { prices, factors, known, counts, surcharges }: Evidence): boolean {
  const is = (value: number) => Math.abs(value - amount) <= Math.max(absoluteSlack, amount * relativeSlack);
  if (prices.some(is) || known.some(is)) return true;
  return counts.some((count) =>
    prices.some((price) =>
      factors.some((factor) => is(price * count * factor)) ||
      surcharges.some((extra) =>
        extra !== price && (is((price + extra) * count) || is(price * count + extra))
      )
    )
  );
}

function readMachine(machine: MachineDefinition): MachineNumbers {
  const read = numbersOf.get(machine);
  if (read) return read;
  const texts = stringsIn(machine);
  const percents = texts.flatMap((text) => [...text.matchAll(/(\d{1,2}(?:[.,]\d{1,2})?)\s?%/g)])
    .map((match) => Number((match[1] ?? "0").replace(",", ".")) / 100);
  const made = {
    prices: [...new Set(amountsIn(texts))],
    factors: [...new Set([1, ...percents.flatMap((percent) => [1 - percent, 1 + percent])])],
  };
  numbersOf.set(machine, made);
  return made;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
