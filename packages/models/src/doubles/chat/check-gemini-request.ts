import { checkGeminiSchema } from "../schemas/check-gemini-schema.ts";
import type { Refusal, WireRequest } from "../wire.ts";
import { commonChatBody } from "./chat-body.ts";
import { findToolDisorder } from "./find-tool-disorder.ts";

/** What Gemini's compatible endpoint refuses in a request. A wrong key is a 400 there. */
export function checkGeminiRequest(request: WireRequest, apiKey: string): Refusal | null {
  if (request.path !== "/v1beta/openai/chat/completions") return { status: 404, message: "NOT_FOUND" };
  const given = request.headers.get("authorization");
  if (given !== `Bearer ${apiKey}`) {
    return { status: 400, message: "API key not valid. Please pass a valid API key." };
  }
  const body = commonChatBody.safeParse(request.body);
  if (!body.success) {
    const [issue] = body.error.issues;
    return { status: 400, message: `Invalid JSON payload received. ${issue?.message}: Cannot find field.` };
  }
  const format = body.data.response_format;
  const problem = (format?.type === "json_schema" ? checkGeminiSchema(format.json_schema.schema) : null) ??
    findToolDisorder(body.data);
  return problem === null ? null : { status: 400, message: problem };
}
