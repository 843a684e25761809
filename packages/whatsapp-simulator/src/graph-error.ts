import { newNumericId } from "./identifiers.ts";

const TITLES: Record<number, string> = {
  33: "Unsupported request",
  100: "Invalid parameter",
  130429: "Rate limit hit",
  131000: "Something went wrong",
  131008: "Required parameter is missing",
  131009: "Parameter value is not valid",
  131021: "Recipient cannot be sender",
  131026: "Message undeliverable",
  131047: "Re-engagement message",
  131052: "Media download error",
  131053: "Media upload error",
  131056: "(Business Account, Consumer Account) pair rate limit hit",
  132001: "Template does not exist",
  132015: "Template is paused",
};

/** The platform's short name of an error code. */
export function errorTitle(code: number): string {
  return TITLES[code] ?? "Something went wrong";
}

/** An answer by which the Graph API turns a request down. */
export class GraphError extends Error {
  override name = "GraphError";

  private constructor(
    readonly http: number,
    readonly code: number,
    readonly details: string,
    private readonly body: Record<string, unknown>,
  ) {
    super(details);
  }

  /** A fault of the message itself: code, and `error_data.details`. */
  static of(code: number, details: string, http: number = 400): GraphError {
    return new GraphError(http, code, details, {
      message: `(#${code}) ${errorTitle(code)}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details },
    });
  }

  /** `(#100)` with a sentence and no details, as for a parameter that is missing from the request. */
  static parameter(sentence: string): GraphError {
    return new GraphError(400, 100, sentence, {
      message: `(#100) ${sentence}`,
      type: "OAuthException",
      code: 100,
    });
  }

  /** The bearer token is missing or unknown: 401, code 190. */
  static token(sentence: string): GraphError {
    return new GraphError(401, 190, sentence, { message: sentence, type: "OAuthException", code: 190 });
  }

  /** No such object, or not for this token: 400, code 100, subcode 33. */
  static unknownObject(method: string, id: string): GraphError {
    const sentence = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, ` +
      "cannot be loaded due to missing permissions, or does not support this operation. " +
      "Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
    return new GraphError(400, 100, sentence, {
      message: sentence,
      type: "GraphMethodException",
      code: 100,
      error_subcode: 33,
    });
  }

  /** The answer: `{"error": {…, "fbtrace_id": …}}`. */
  toResponse(): Response {
    const error = { ...this.body, fbtrace_id: `A${newNumericId()}` };
    return Response.json({ error }, { status: this.http });
  }
}
