/** Tools that tenants define: requests to their own services, behind the engine's port. */
import type { CheckedCall, TenantTool, Tools } from "@app/sales-engine/mod.ts";
import { checkTarget, type TargetPorts, TargetRefused } from "./check-target.ts";
import { fillRequest, type RequestShape } from "./fill-request.ts";
import { NoAnswer, type ToolRequest, type ToolResponse } from "./send-request.ts";

/** A tool as it is stored, its secrets opened. */
export interface HttpTool extends TenantTool, RequestShape {
  /** Sent with each call; values are secrets. */
  secretHeaders: Record<string, string>;
}

/** How requests reach the world. */
export interface HttpToolPorts extends TargetPorts {
  send(request: ToolRequest, signal: AbortSignal): Promise<ToolResponse>;
}

/** What a model can read. */
const readable = /^(?:application\/(?:[a-z0-9.+-]*\+)?json|text\/(?:plain|csv|markdown))$/;

/**
 * The engine's tools made of a tenant's definitions. What the guard refuses is an answer that says so, since trying again
 * changes nothing; what might work later throws.
 */
export function httpTools(tools: readonly HttpTool[], ports: HttpToolPorts): Tools {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return {
    definitions: tools.map(({ name, description, parameters, timeoutMs, retries }) => ({
      name,
      description,
      parameters,
      timeoutMs,
      retries,
    })),
    async call(call: CheckedCall, signal: AbortSignal) {
      const tool = byName.get(call.name);
      if (!tool) throw new NoAnswer(`Cannot call "${call.name}": there is no such tool`);
      try {
        const { url, body } = fillRequest(tool, call.input);
        const target = await checkTarget(url, ports);
        const headers = {
          accept: "application/json, text/plain",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...tool.secretHeaders,
          "idempotency-key": call.idempotencyKey,
        };
        signal.throwIfAborted();
        return readAnswer(
          await ports.send(
            { target, method: tool.method, headers, ...(body !== undefined && { body }) },
            signal,
          ),
        );
      } catch (error) {
        if (error instanceof TargetRefused || error instanceof RangeError) {
          return { text: `refused: ${error.message}`, isError: true };
        }
        throw error;
      }
    },
  };
}

/** @throws {NoAnswer} For failures of the server, which may pass. */
function readAnswer({ status, contentType, text }: ToolResponse): { text: string; isError?: boolean } {
  if (status >= 500 || status === 429) {
    throw new NoAnswer(`Cannot get an answer of a tool: status ${status}`);
  }
  if (status >= 300 && status < 400) {
    return { text: "error: the service redirects, which is not followed", isError: true };
  }
  const isReadable = text === "" || readable.test(contentType);
  if (status >= 400 || status < 200) {
    return { text: `error: status ${status}${isReadable && text !== "" ? `: ${text}` : ""}`, isError: true };
  }
  if (!isReadable) {
    return {
      text: `error: the service answered with ${contentType || "no type"}, not JSON or plain text`,
      isError: true,
    };
  }
  return { text: text === "" ? "done" : text };
}
