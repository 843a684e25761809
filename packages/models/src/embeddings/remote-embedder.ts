import { type Embedder, embeddingDimensions } from "@app/sales-engine/mod.ts";
import OpenAI, { APIError } from "openai";
import { z } from "zod";
import { ModelFailure } from "../providers/model-failure.ts";
import { readRetryAfter } from "../providers/read-retry-after.ts";
import { toFailure } from "../providers/to-failure.ts";
import { withinTime } from "../providers/within-time.ts";
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
}

/** Texts in one request. OpenAI takes 2,048 and 300,000 tokens: https://developers.openai.com/api/reference/resources/embeddings */
const mostTexts = 64;
const longestText = 8_000;

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/** OpenAI's embeddings, shortened to the deployment's dimensions. Throws {@linkcode ModelFailure}. */
export function openaiEmbedder(options: EmbedderOptions): Embedder {
  return remoteEmbedder("openai", { baseUrl: "https://api.openai.com/v1", ...options }, {
    dimensions: embeddingDimensions,
  });
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
  { apiKey, model, baseUrl, timeoutMs = 5_000 }: EmbedderOptions,
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

  async function ask(texts: string[], signal: AbortSignal): Promise<number[][]> {
    // Servers of one's own know plain numbers only; the SDK would ask for base64.
    const body = { model, input: texts, encoding_format: "float" as const, ...shape };
    return readVectors(await client.embeddings.create(body, { signal }), texts.length, name);
  }

  return {
    name,
    async embed(texts, signal) {
      const vectors: number[][] = [];
      for (let start = 0; start < texts.length; start += mostTexts) {
        const part = texts.slice(start, start + mostTexts).map(cut);
        try {
          vectors.push(...await withinTime(timeoutMs, signal, (within) => ask(part, within)));
        } catch (error) {
          signal.throwIfAborted();
          throw toFailure(name, error, error instanceof APIError ? describe(error) : null);
        }
      }
      return vectors;
    },
  };
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
