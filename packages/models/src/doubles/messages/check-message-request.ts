import { checkAnthropicSchema } from "../schemas/check-anthropic-schema.ts";
import type { Refusal, WireRequest } from "../wire.ts";
import { findMessageDisorder } from "./find-message-disorder.ts";
import { type MessageBody, messageBody } from "./message-body.ts";

/** The version that the adapter is written for: https://platform.claude.com/docs/en/api/migration-2026-10-21 */
const apiVersion = "2026-10-21";

/**
 * What Anthropic refuses in a request.
 *
 * @see https://platform.claude.com/docs/en/api/messages
 */
export function checkMessageRequest(request: WireRequest, apiKey: string): Refusal | null {
  if (request.path !== "/v1/messages") return { status: 404, message: "Not found" };
  const key = request.headers.get("x-api-key") ??
    request.headers.get("authorization")?.replace(/^Bearer /, "");
  if (key !== apiKey) return { status: 401, message: `invalid x-api-key: ${key}` };
  const version = request.headers.get("anthropic-version");
  if (version !== apiVersion) {
    return { status: 400, message: `anthropic-version: "${version}" is not a valid version` };
  }
  const body = messageBody.safeParse(request.body);
  if (!body.success) return { status: 400, message: explain(body.error.issues[0]) };
  const problem = findMessageDisorder(body.data) ?? findProblem(body.data);
  return problem === null ? null : { status: 400, message: problem };
}

function explain(issue: { code: string; path: PropertyKey[]; message: string } | undefined): string {
  const path = issue?.path.map(String).join(".");
  if (issue?.code === "unrecognized_keys") return `${path}: Extra inputs are not permitted. ${issue.message}`;
  return `${path}: ${issue?.code === "invalid_type" ? "Field required" : issue?.message}`;
}

function findProblem(body: MessageBody): string | null {
  const marks = JSON.stringify(body).split('"cache_control"').length - 1;
  if (marks > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`;
  const format = body.output_config?.format;
  const problem = format ? checkAnthropicSchema(format.schema) : null;
  if (problem) return `output_config.format.schema: ${problem}`;
  for (const tool of body.tools ?? []) {
    const refused = tool.strict ? checkAnthropicSchema(tool.input_schema) : null;
    if (refused) return `tools.${tool.name}.input_schema: ${refused}`;
  }
  return null;
}
