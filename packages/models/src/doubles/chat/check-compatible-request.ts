import type { Refusal, WireRequest } from "../wire.ts";
import { commonChatBody } from "./chat-body.ts";
import { findToolDisorder } from "./find-tool-disorder.ts";

/** What a small server of one's own refuses: it knows JSON mode, and no schemas. */
export function checkCompatibleRequest(request: WireRequest, apiKey: string): Refusal | null {
  if (request.path !== "/v1/chat/completions") return { status: 404, message: "not found" };
  if (request.headers.get("authorization") !== `Bearer ${apiKey}`) {
    return { status: 401, message: "Unauthorized" };
  }
  const body = commonChatBody.safeParse(request.body);
  if (!body.success) return { status: 422, message: body.error.issues[0]?.message ?? "" };
  if (body.data.response_format?.type === "json_schema") {
    return { status: 400, message: "response_format of type json_schema is not supported by this server" };
  }
  const problem = findToolDisorder(body.data);
  return problem === null ? null : { status: 400, message: problem };
}
