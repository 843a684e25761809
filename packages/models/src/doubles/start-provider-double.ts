import { z } from "zod";
import { chatWire } from "./chat/chat-wire.ts";
import { exampleOf } from "./example-of.ts";
import type { Fault } from "./fault.ts";
import { messageWire } from "./messages/message-wire.ts";
import { countTokens, PromptCache } from "./prompt-cache.ts";
import { respondBadly, respondWell } from "./respond-badly.ts";
import type { CountedTokens, DoubleAnswer, Refusal } from "./wire.ts";

/** The providers that have a double. */
export type DoubledProvider = "openai" | "anthropic" | "gemini" | "compatible";

/** What a double was asked, and what it said to it. */
export interface DoubledCall {
  body: unknown;
  headers: Headers;
  /** Why the request was refused, as the provider would. */
  refusal: Refusal | null;
  fault: Fault | null;
  /** Of a request that was taken. */
  tokens: CountedTokens | null;
}

/** A server on this machine that speaks a provider's wire format and takes only what the provider takes. */
export interface ProviderDouble {
  /** The base URL for the adapter. */
  url: string;
  apiKey: string;
  readonly calls: DoubledCall[];
  /** Faults of the next requests, in order; `null` is none. */
  misbehave(...faults: (Fault | null)[]): void;
  stop(): Promise<void>;
}

/** What a double does. */
export interface DoubleOptions {
  apiKey?: string;
  port?: number;
  /** What it says. Default: the least JSON that fits the request's schema, or `{}`. */
  answer?: (body: unknown) => DoubleAnswer;
  /** Milliseconds before each answer. Default 0. */
  delayMs?: number;
  /** A fault for a request, beside those told by `misbehave`. */
  fault?: (body: unknown) => Fault | null;
}

const paths: Record<DoubledProvider, string> = {
  openai: "/v1",
  anthropic: "",
  gemini: "/v1beta/openai",
  compatible: "/v1",
};

const named = z.looseObject({ model: z.string() });

/** Starts a double of a provider on loopback. */
export function startProviderDouble(provider: DoubledProvider, options: DoubleOptions = {}): ProviderDouble {
  const { apiKey = "sk-double-0123456789abcdef" } = options;
  const wire = provider === "anthropic" ? messageWire(apiKey) : chatWire(provider, apiKey);
  const cache = new PromptCache();
  const calls: DoubledCall[] = [];
  const planned: (Fault | null)[] = [];
  const stopped = Promise.withResolvers<void>();

  async function handle(request: Request): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const path = new URL(request.url).pathname;
    const call: DoubledCall = { body, headers: request.headers, refusal: null, fault: null, tokens: null };
    calls.push(call);
    call.refusal = wire.check({ path, headers: request.headers, body });
    if (call.refusal) return Response.json(wire.errorBody(call.refusal), { status: call.refusal.status });
    call.fault = planned.shift() ?? options.fault?.(body) ?? null;
    if (options.delayMs) await new Promise((resolve) => setTimeout(resolve, options.delayMs));
    const { model } = named.parse(body);
    const input = cache.read(wire.promptOf(body));
    const schema = wire.schemaOf(body);
    const answer = options.answer?.(body) ??
      { text: JSON.stringify(schema === undefined ? {} : exampleOf(schema)) };
    const said = (each: DoubleAnswer) => {
      const output = countTokens((each.text ?? "") + JSON.stringify(each.toolCalls ?? []));
      return { ...input, output };
    };
    call.tokens = said(answer);
    const events = wire.stream(answer, call.tokens, model);
    if (call.fault === null) return respondWell(events);
    const says = (text: string) => wire.stream({ text }, said({ text }), model);
    return respondBadly(call.fault, wire, events, says, stopped.promise);
  }

  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: options.port ?? 0,
      onListen: () => {},
      onError: () => new Response("the double failed", { status: 599 }),
    },
    handle,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}${paths[provider]}`,
    apiKey,
    calls,
    misbehave: (...faults) => void planned.push(...faults),
    stop: async () => {
      stopped.resolve();
      // Streams that hang would be waited for.
      await Promise.race([server.shutdown(), new Promise((resolve) => setTimeout(resolve, 50))]);
    },
  };
}
