import type { Persona } from "./customer-file.ts";
import { isKnownTopic, topicOf } from "./topics.ts";

const unknown: Record<string, string> = {
  es: "eso no lo sé",
  en: "I don't know that",
  pt: "isso eu não sei",
};

/**
 * Answers what they are asked from what they know; reads only what the bot says, as a person would, and knows
 * nothing of the machine.
 */
export class ScriptedCustomer {
  #written = 0;
  readonly #told = new Map<string, number>();

  constructor(private readonly persona: Persona) {}

  /** The next message, after what the bot said; `null` of the bot is the start. */
  write(botSaid: string | null): string {
    const { persona } = this;
    const number = ++this.#written;
    if (botSaid === null) return persona.opening;
    const interruption = persona.interruptions.get(number);
    if (interruption !== undefined) return interruption;
    const question = lastQuestion(botSaid);
    const topic = topicOf(question, new Set(persona.knows.keys()));
    if (topic === null && isKnownTopic(question)) return unknown[persona.language] ?? "?";
    return this.#tell(topic ?? "yes");
  }

  #tell(topic: string): string {
    const ways = this.persona.knows.get(topic) ?? ["ok"];
    const times = this.#told.get(topic) ?? 0;
    this.#told.set(topic, times + 1);
    return ways[Math.min(times, ways.length - 1)] ?? "";
  }
}

function lastQuestion(text: string): string {
  const end = text.lastIndexOf("?");
  return end < 0 ? text : text.slice(0, end + 1).split(/(?<=[.!?])\s+|\n/).at(-1) ?? "";
}
