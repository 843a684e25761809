import { type DoubledCall, type Fault, startProviderDouble } from "@app/models/testing.ts";
import { z } from "zod";
import type { TenantSettings } from "../../stage/tenants.ts";

/** What a language model was shown in one call: who wrote, and the numbers of the new messages, in their order. */
export interface Reading {
  phone: string;
  numbers: number[];
}

/** A language model behind a real wire format, whose replies say what it has read. */
export interface ReadingModel {
  /** Every call in order; those that a fault spoilt too. */
  readonly readings: Reading[];
  /** The part of a tenant's settings that chooses it. */
  settings: TenantSettings;
  /** The functions' settings that know the server. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** What a reading model does. */
export interface ReadingModelOptions {
  /** Milliseconds before each answer. Default 0. */
  delayMs?: number;
  fault?: () => Fault | null;
  /** What it says in place of what it has read. */
  say?: (reading: Reading) => string;
  /** Milliseconds that the engine waits for it. Default 20,000. */
  timeoutMs?: number;
}

const conversation = z.object({
  messages: z.array(
    z.object({ content: z.union([z.string(), z.array(z.looseObject({ text: z.string() }))]) }),
  ),
});

/** Every message of a run says who wrote it and which one it is, so that whoever sees it can tell. */
export function textOf(phone: string, number: number): string {
  return `from=${phone} n=${number} necesito cajas`;
}

/** Starts the model on loopback, in this process: the witness is not the product. */
export function startReadingModel(options: ReadingModelOptions = {}): ReadingModel {
  const readings: Reading[] = [];
  const double = startProviderDouble("compatible", {
    ...(options.delayMs !== undefined && { delayMs: options.delayMs }),
    ...(options.fault && { fault: options.fault }),
    answer(body) {
      const reading = readingOf(body);
      readings.push(reading);
      // Prompts of a long run would fill the memory.
      (double.calls as DoubledCall[]).length = 0;
      return { text: JSON.stringify(proposalOf(options.say?.(reading) ?? sayReading(reading))) };
    },
  });
  const model = {
    provider: "compatible",
    // A name whose double does not compare each prompt with all before it.
    name: "gpt-6.1-terra",
    baseUrl: double.url,
    timeoutMs: options.timeoutMs ?? 20_000,
    answerFormat: "json_object",
  };
  return {
    readings,
    settings: { model },
    environment: { MODEL_SERVERS: JSON.stringify([{ baseUrl: double.url, apiKey: double.apiKey }]) },
    stop: double.stop,
  };
}

/** A reply as its model wrote it; `undefined` for one of the product's own texts. */
export function readReply(text: string): Reading | undefined {
  const match = /from=(\d+) read=([\d,]+)/.exec(text);
  return match?.[1] && match[2] ? { phone: match[1], numbers: match[2].split(",").map(Number) } : undefined;
}

function sayReading({ phone, numbers }: Reading): string {
  return `from=${phone} read=${numbers.join(",")}`;
}

function readingOf(body: unknown): Reading {
  const said = conversation.parse(body).messages.map(({ content }) =>
    typeof content === "string" ? content : content.map(({ text }) => text).join("\n")
  ).join("\n");
  const fresh = said.slice(said.lastIndexOf("New messages:"));
  const found = [...fresh.matchAll(/from=(\d+) n=(\d+)/g)];
  return { phone: found[0]?.[1] ?? "", numbers: found.map((match) => Number(match[2])) };
}

function proposalOf(text: string) {
  return {
    replies: [{ text, buttons: [] }],
    transition: null,
    fields: {},
    escalation: null,
    intent: "order",
    language: "es",
    sentiment: "neutral",
    topics: [],
    confidence: 0.9,
    citations: [],
  };
}
