import { sse } from "../sse.ts";
import type { Wire } from "../wire.ts";
import { checkMessageRequest } from "./check-message-request.ts";
import { messageBody } from "./message-body.ts";
import { messageStream } from "./message-stream.ts";

const errorTypes: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
};

/** Anthropic's messages. */
export function messageWire(apiKey: string): Wire {
  return {
    check: (request) => checkMessageRequest(request, apiKey),
    schemaOf: (body) => messageBody.parse(body).output_config?.format?.schema,
    promptOf(body) {
      const { output_config: config, tools, system, messages } = messageBody.parse(body);
      const whole = JSON.stringify([config, tools, system, messages]);
      const mark = whole.lastIndexOf('"cache_control"');
      return { whole, marked: mark < 0 ? null : whole.slice(0, mark), isImplicit: false };
    },
    stream: messageStream,
    errorEvent: () =>
      sse({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "error"),
    errorBody: ({ status, message }) => ({
      type: "error",
      error: { type: errorTypes[status] ?? "api_error", message },
      request_id: "req_1",
    }),
  };
}
