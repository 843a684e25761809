import { z } from "zod";
import { cleanJson, isJsonObject, type Json, type JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const schema = z.looseObject({
  interactive: z.looseObject({
    nfm_reply: z.looseObject({ name: lenientString, body: lenientString, response_json: lenientString }),
  }),
});

/**
 * Reads a form (a "flow") that the customer sent. Its answers are JSON inside a string, of any shape or none; `payload`
 * holds them as `response`, and `content` lists them one a line, or says what Meta says ("Sent").
 */
export function readFlowReply(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message);
  if (!parsed.success) return null;
  const { interactive } = parsed.data;
  const { body, response_json: responseJson } = interactive.nfm_reply;
  const response = parseJson(responseJson);
  return {
    type: "interactive",
    content: truncateContent(listAnswers(response) || (body ?? "")),
    payload: { ...interactive, response },
    isTap: true,
  };
}

function parseJson(text: string | undefined): Json {
  if (text === undefined) return null;
  try {
    return cleanJson(JSON.parse(text));
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
