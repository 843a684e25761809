import { checkOpenaiSchema } from "../schemas/check-openai-schema.ts";
import type { Refusal, WireRequest } from "../wire.ts";
import { type ChatBody, openaiChatBody } from "./chat-body.ts";
import { findToolDisorder } from "./find-tool-disorder.ts";

/** What OpenAI refuses in a request. */
export function checkOpenaiRequest(request: WireRequest, apiKey: string): Refusal | null {
  if (request.path !== "/v1/chat/completions") return { status: 404, message: "Invalid URL" };
  const given = request.headers.get("authorization");
  if (given !== `Bearer ${apiKey}`) {
    // The real one quotes the key as well.
    return { status: 401, message: `Incorrect API key provided: ${given}. code: invalid_api_key` };
  }
  const body = openaiChatBody.safeParse(request.body);
  if (!body.success) return { status: 400, message: explain(body.error.issues[0]) };
  const problem = findProblem(body.data) ?? findToolDisorder(body.data);
  return problem === null ? null : { status: 400, message: problem };
}

function explain(issue: { code: string; path: PropertyKey[]; message: string } | undefined): string {
  if (issue?.code === "unrecognized_keys") return `Unrecognized request argument supplied: ${issue.message}`;
  return `Invalid value at '${issue?.path.map(String).join(".")}': ${issue?.message}`;
}

function findProblem(body: ChatBody): string | null {
  if (body.stream_options && !body.stream) {
    return "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  }
  if (body.max_tokens !== undefined && /^(gpt-[5-9]|o\d)/.test(body.model)) {
    return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  }
  if (!knowsMarks(body.model) && (body.prompt_cache_options || marksOf(body) > 0)) {
    return "prompt_cache_options is not supported with this model.";
  }
  if (marksOf(body) > 4) return "at most 4 cache breakpoints are allowed";
  const format = body.response_format;
  if (format?.type === "json_schema" && format.json_schema.strict) {
    const problem = checkOpenaiSchema(format.json_schema.schema);
    if (problem) return `Invalid schema for response_format '${format.json_schema.name}': ${problem}`;
  }
  for (const { function: tool } of body.tools ?? []) {
    const problem = tool.strict ? checkOpenaiSchema(tool.parameters) : null;
    if (problem) return `Invalid schema for function '${tool.name}': ${problem}`;
  }
  return null;
}

/** Whether a model takes marks for the cache: since GPT-5.6. */
export function knowsMarks(model: string): boolean {
  return /^gpt-(5\.[6-9]|[6-9])/.test(model);
}

function marksOf(body: ChatBody): number {
  return JSON.stringify(body.messages).split('"prompt_cache_breakpoint"').length - 1;
}
