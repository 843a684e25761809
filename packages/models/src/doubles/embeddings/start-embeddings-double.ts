import type { Refusal } from "../wire.ts";
import { checkEmbeddingsRequest } from "./check-embeddings-request.ts";

/** How the double misbehaves in one request. */
export type EmbeddingsFault = { status: number; retryAfter?: string } | "hang" | "html" | "too_few" | "zeros";

/** A server on this machine that answers like a provider of embeddings and takes only what that takes. */
export interface EmbeddingsDouble {
  url: string;
  apiKey: string;
  readonly calls: { body: unknown; refusal: Refusal | null }[];
  /** Faults of the next requests, in order. */
  misbehave(...faults: EmbeddingsFault[]): void;
  stop(): Promise<void>;
}

/** Starts a double on loopback. Equal texts get equal vectors, others are nearly at right angles. */
export function startEmbeddingsDouble(
  provider: "openai" | "compatible",
  { apiKey = "sk-double-0123456789abcdef", dimensions }: { apiKey?: string; dimensions?: number } = {},
): EmbeddingsDouble {
  const calls: EmbeddingsDouble["calls"] = [];
  const planned: EmbeddingsFault[] = [];
  const stopped = Promise.withResolvers<Response>();

  async function handle(request: Request): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const { pathname: path } = new URL(request.url);
    const checked = checkEmbeddingsRequest(provider, { path, headers: request.headers, body }, apiKey);
    const refusal = "refusal" in checked ? checked.refusal : null;
    calls.push({ body, refusal });
    if ("refusal" in checked) return refuse(checked.refusal);
    const fault = planned.shift();
    if (fault === "hang") return await stopped.promise;
    if (fault === "html") return new Response("<html>", { headers: { "content-type": "text/html" } });
    if (typeof fault === "object") {
      return refuse({ status: fault.status, message: "told to" }, fault.retryAfter);
    }
    const size = dimensions ?? checked.dimensions;
    const data = checked.request.input.map((text, index) => ({
      object: "embedding",
      index,
      embedding: fault === "zeros" ? new Array<number>(size).fill(0) : vectorOf(text, size),
    }));
    // Providers promise an index, not an order.
    data.reverse();
    return Response.json({
      object: "list",
      data: fault === "too_few" ? data.slice(1) : data,
      model: checked.request.model,
      usage: { prompt_tokens: data.length, total_tokens: data.length },
    });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    apiKey,
    calls,
    misbehave: (...faults) => void planned.push(...faults),
    stop: async () => {
      stopped.resolve(new Response(null, { status: 503 }));
      await server.shutdown();
    },
  };
}

function refuse({ status, message }: Refusal, retryAfter?: string): Response {
  const headers = new Headers(retryAfter === undefined ? [] : [["retry-after", retryAfter]]);
  return Response.json({ error: { message, type: "invalid_request_error", code: null } }, {
    status,
    headers,
  });
}

function vectorOf(text: string, size: number): number[] {
  let state = 1;
  for (const letter of text) state = (Math.imul(state, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}
