import { sse } from "../sse.ts";
import type { Refusal, Wire, WireRequest } from "../wire.ts";
import { type ChatBody, openaiChatBody } from "./chat-body.ts";
import { checkCompatibleRequest } from "./check-compatible-request.ts";
import { checkGeminiRequest } from "./check-gemini-request.ts";
import { checkOpenaiRequest, knowsMarks } from "./check-openai-request.ts";
import { chatStream } from "./chat-stream.ts";

const checks = {
  openai: checkOpenaiRequest,
  gemini: checkGeminiRequest,
  compatible: checkCompatibleRequest,
};

/** Chat completions, as one of three kinds of servers speaks them. */
export function chatWire(kind: keyof typeof checks, apiKey: string): Wire {
  const read = (body: unknown) => openaiChatBody.parse(body);
  return {
    check: (request: WireRequest) => checks[kind](request, apiKey),
    schemaOf(body) {
      const format = read(body).response_format;
      return format?.type === "json_schema" ? format.json_schema.schema : undefined;
    },
    promptOf: (body) => promptOf(read(body)),
    stream: chatStream,
    errorEvent: () =>
      sse({ error: { message: "The server had an error", type: "server_error", code: null } }),
    errorBody: (refusal) => errorBody(kind, refusal),
  };
}

/** Schema and tools come first, then the messages; older models find repeated beginnings by themselves. */
function promptOf(body: ChatBody) {
  const { response_format: format, tools, messages } = body;
  const whole = JSON.stringify([format, tools, ...messages]);
  const mark = whole.lastIndexOf('"prompt_cache_breakpoint"');
  const isImplicit = !knowsMarks(body.model);
  return { whole, marked: mark < 0 ? null : whole.slice(0, mark), isImplicit };
}

function errorBody(kind: keyof typeof checks, { status, message }: Refusal): unknown {
  if (kind === "gemini") return [{ error: { code: status, message, status: "INVALID_ARGUMENT" } }];
  const type = status === 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
  return { error: { message, type, param: null, code: null } };
}
