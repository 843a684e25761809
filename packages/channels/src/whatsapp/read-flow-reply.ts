import { z } from "zod";
import { cleanJson, isJsonObject, type Json, type JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({
  nfm_reply: z.looseObject({ body: lenientString, response_json: z.unknown().optional() }),
});

/**
 * Reads a form (a "flow") that the customer sent. Its answers are JSON inside a string, of any shape or none; `payload`
 * holds them as `response`, and `content` lists them one a line, or says what Meta says ("Sent").
 */
export function readFlowReply(message: JsonObject): MessageBody | null {
  const interactive = readPart(message, "interactive", schema);
  if (interactive === null) return null;
  const { body, response_json: responseJson } = interactive.fields.nfm_reply;
  const response = readResponse(responseJson);
  return {
    type: "interactive",
    content: truncateContent(listAnswers(response) || (body ?? "")),
    payload: { ...interactive.raw, response },
    isTap: true,
  };
}

/** Meta puts JSON into a string; partners' copies of its webhooks hold it as it is. */
function readResponse(response: unknown): Json {
  if (typeof response !== "string") return cleanJson(response);
  try {
    return cleanJson(JSON.parse(response));
  } catch {
    return null;
  }
}

function listAnswers(response: Json): string {
  if (!isJsonObject(response)) return "";
  return Object.entries(response)
    // The token names the form, not an answer.
    .filter(([field]) => field !== "flow_token")
    .map(([field, answer]) => `${field}: ${typeof answer === "string" ? answer : JSON.stringify(answer)}`)
    .join("\n");
}
