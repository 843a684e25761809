import { z } from "zod";
import type { Refusal, WireRequest } from "../wire.ts";

const texts = z.array(z.string()).min(1).max(2_048);

const body = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().transform((one) => [one]), texts]),
  encoding_format: z.enum(["float", "base64"]).default("float"),
  dimensions: z.int().positive().optional(),
  user: z.string().optional(),
});

/** A request for embeddings that was taken. */
export type EmbeddingsRequest = z.infer<typeof body>;

/** Native dimensions of OpenAI's models: https://developers.openai.com/api/docs/guides/embeddings */
const openaiModels: Record<string, number> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
};

/** About what a model reads in one text, in characters of Latin script. */
const longestInput = 8_192 * 4;

/** What the provider refuses, or the request as it reads it with the dimensions of its answer. */
export function checkEmbeddingsRequest(
  provider: "openai" | "compatible",
  { path, headers, body: sent }: WireRequest,
  apiKey: string,
): { refusal: Refusal } | { request: EmbeddingsRequest; dimensions: number } {
  const refuse = (status: number, message: string) => ({ refusal: { status, message } });
  if (path !== "/v1/embeddings") return refuse(404, "not found");
  if (headers.get("authorization") !== `Bearer ${apiKey}`) {
    return refuse(401, "Incorrect API key provided: invalid_api_key");
  }
  const parsed = body.safeParse(sent);
  if (!parsed.success) return refuse(400, `'$.${parsed.error.issues[0]?.path.join(".")}' is invalid`);
  const request = parsed.data;
  if (request.input.some((text) => text === "")) return refuse(400, "'$.input' is invalid: empty string");
  if (request.input.some((text) => text.length > longestInput)) {
    return refuse(400, "This model's maximum context length is 8192 tokens");
  }
  if (provider === "compatible") {
    if (request.dimensions !== undefined) return refuse(400, "this model does not support dimensions");
    if (request.encoding_format !== "float") return refuse(400, "encoding_format base64 is not supported");
    return { request, dimensions: 384 };
  }
  const native = openaiModels[request.model];
  if (native === undefined) return refuse(404, `The model \`${request.model}\` does not exist`);
  if (request.dimensions !== undefined && !request.model.startsWith("text-embedding-3")) {
    return refuse(400, "This model does not support specifying dimensions.");
  }
  if (request.dimensions !== undefined && request.dimensions > native) {
    return refuse(400, "Invalid value for 'dimensions'");
  }
  return { request, dimensions: request.dimensions ?? native };
}
