import { type Embedder, embeddingDimensions } from "@app/sales-engine/mod.ts";
import OpenAI, { APIError } from "openai";
import { z } from "zod";
import { ModelFailure } from "../providers/model-failure.ts";
import { readRetryAfter } from "../providers/read-retry-after.ts";
import { toFailure } from "../providers/to-failure.ts";
import { withinTime } from "../providers/within-time.ts";
import { embeddingPriceOf } from "./embedding-prices.ts";
import { fitVector } from "./fit-vector.ts";

/** What an embedder behind the network needs to know. */
export interface EmbedderOptions {
  /** Sent to the provider and nowhere else. */
  apiKey: string;
  /** The provider's name of the model, such as `text-embedding-3-small`. */
  model: string;
  /** In place of the provider's own address. */
  baseUrl?: string;
  /** Time for one request, in milliseconds. Default 5,000: a customer waits. */
  timeoutMs?: number;
  /** US dollars per million tokens. Default: OpenAI's list price; a server of one's own costs what its machine costs. */
  price?: number;
}

/** Texts in one request. OpenAI takes 2,048 and 300,000 tokens: https://developers.openai.com/api/reference/resources/embeddings */
const mostTexts = 64;
const longestText = 8_000;

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});
const usage = z.object({ usage: z.object({ prompt_tokens: z.int().nonnegative() }) });

/** OpenAI's embeddings, shortened to the deployment's dimensions. Throws {@linkcode ModelFailure}. */
export function openaiEmbedder(options: EmbedderOptions): Embedder {
  const known = { baseUrl: "https://api.openai.com/v1", price: embeddingPriceOf(options.model) };
  return remoteEmbedder("openai", { ...known, ...options }, { dimensions: embeddingDimensions });
}

/**
 * Embeddings of any server that speaks OpenAI's protocol, such as vLLM, Ollama or a gateway. Its model may have at most
 * {@linkcode embeddingDimensions} dimensions. Throws {@linkcode ModelFailure}.
 */
export function compatibleEmbedder(options: EmbedderOptions & { baseUrl: string }): Embedder {
  return remoteEmbedder("compatible", options, {});
}

function remoteEmbedder(
  provider: string,
  { apiKey, model, baseUrl, timeoutMs = 5_000, price = 0 }: EmbedderOptions,
  shape: { dimensions?: number },
): Embedder {
  const name = `${provider}/${model}`;
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // What the SDK would otherwise take from the environment.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
  });

  async function ask(
    texts: string[],
    signal: AbortSignal,
    onCost: (usd: number) => void,
  ): Promise<number[][]> {
    // Servers of one's own know plain numbers only; the SDK would ask for base64.
    const body = { model, input: texts, encoding_format: "float" as const, ...shape };
    const answered: unknown = await client.embeddings.create(body, { signal });
    // Paid, whether or not it can be read.
    onCost(tokensOf(answered, texts) * price / 1_000_000);
    return readVectors(answered, texts.length, name);
  }

  return {
    name,
    async embed(texts, signal, onCost = () => {}) {
      const vectors: number[][] = [];
      for (let start = 0; start < texts.length; start += mostTexts) {
        const part = texts.slice(start, start + mostTexts).map(cut);
        try {
          vectors.push(...await withinTime(timeoutMs, signal, (within) => ask(part, within, onCost)));
        } catch (error) {
          signal.throwIfAborted();
          throw toFailure(name, error, error instanceof APIError ? describe(error) : null);
        }
      }
      return vectors;
    },
  };
}

/** Few letters are a token in any language, so an estimate is rather too high. */
const lettersPerToken = 3;

/** Tokens of a request as the provider counts them, or else an estimate. */
function tokensOf(body: unknown, texts: string[]): number {
  const told = usage.safeParse(body);
  if (told.success) return told.data.usage.prompt_tokens;
  return Math.ceil(texts.reduce((letters, text) => letters + text.length, 0) / lettersPerToken);
}

function readVectors(body: unknown, wanted: number, name: string): number[][] {
  const unusable = (what: string) => new ModelFailure(name, "unreadable", { what });
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw unusable("the answer is no list of embeddings");
  const byIndex = new Map(parsed.data.data.map(({ index, embedding }) => [index, embedding]));
  if (byIndex.size !== wanted) throw unusable(`${byIndex.size} embeddings for ${wanted} texts`);
  return Array.from({ length: wanted }, (_, index) => {
    const vector = byIndex.get(index) ?? [];
    const fitted = fitVector(vector);
    if (fitted === null) {
      throw new ModelFailure(name, "invalid_request", {
        what: `a vector of ${vector.length} numbers does not fit into ${embeddingDimensions}`,
      });
    }
    return fitted;
  });
}

/** Empty texts are refused by providers; a blank one is alike to nothing. */
function cut(text: string): string {
  return text.slice(0, longestText).trim() || "-";
}

function describe({ status, code, type, message, headers }: APIError) {
  return {
    status,
    message: `${code ?? ""} ${type ?? ""} ${message}`,
    retryAfterMs: headers ? readRetryAfter(headers, Date.now()) : undefined,
  };
}
