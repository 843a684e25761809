import { z } from "zod";

const customerScript = z.object({
  /** What the customer writes first. */
  opening: z.array(z.string()).min(1),
  /** What the customer knows: `asks` is a pattern of questions for it, `says` the ways to tell it, in order. */
  facts: z.array(z.object({ asks: z.string(), says: z.array(z.string()).min(1) })),
  /** Chit-chat and questions that come in between, by number of the message, in place of an answer. */
  interruptions: z.record(z.string(), z.string()),
  yes: z.array(z.string()).min(1),
});

/** A customer of a machine in three languages, and what must be known at the end. */
export const customerFile = z.object({
  /** Name of the business. */
  tenant: z.string(),
  goal: z.string(),
  expected: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  es: customerScript,
  en: customerScript,
  pt: customerScript,
});

/** Answers what it is asked, and nothing else; reads only what the bot says, as a person would. */
export class SimulatedCustomer {
  #written = 0;
  readonly #told = new Map<string, number>();

  constructor(private readonly script: z.infer<typeof customerScript>) {}

  /** The next message, after what the bot said; `null` of the bot is the start. */
  write(botSaid: string | null): string {
    const turn = this.#written++;
    if (botSaid === null) return this.script.opening[0] ?? "";
    const interruption = this.script.interruptions[String(turn)];
    if (interruption !== undefined) return interruption;
    const question = botSaid.slice(0, botSaid.lastIndexOf("?") + 1).split(/(?<=[.!?])\s+|\n/).at(-1) ?? "";
    const fact = this.script.facts.find(({ asks }) => new RegExp(asks, "i").test(question));
    const [key, ways] = fact ? [fact.asks, fact.says] : ["yes", this.script.yes];
    const times = this.#told.get(key) ?? 0;
    this.#told.set(key, times + 1);
    return ways[Math.min(times, ways.length - 1)] ?? "";
  }
}
