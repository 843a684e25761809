import { newNumericId } from "./identifiers.ts";

const TITLES: Record<number, string> = {
  4: "API Too Many Calls",
  10: "Permission Denied",
  33: "Unsupported request",
  100: "Invalid parameter",
  190: "Access token has expired",
  368: "Temporarily blocked for policies violations",
  80007: "Rate limit issues",
  130429: "Rate limit hit",
  130472: "User's number is part of an experiment",
  130497: "Business account is restricted from messaging users in this country",
  131000: "Something went wrong",
  131005: "Access denied",
  131008: "Required parameter is missing",
  131009: "Parameter value is not valid",
  131016: "Service unavailable",
  131021: "Recipient cannot be sender",
  131026: "Message undeliverable",
  131031: "Account has been locked",
  131042: "Business eligibility payment issue",
  131047: "Re-engagement message",
  131048: "Spam rate limit hit",
  131049: "Meta chose not to deliver",
  131050: "User has stopped marketing messages",
  131051: "Unsupported message type",
  131052: "Media download error",
  131053: "Media upload error",
  131056: "(Business Account, Consumer Account) pair rate limit hit",
  131057: "Account in maintenance mode",
  131060: "This message is unavailable",
  131062: "Business-scoped user ids are not supported for this message",
  132000: "Number of parameters does not match the expected number of params",
  132001: "Template does not exist",
  132005: "Template hydrated text too long",
  132012: "Template parameter format does not match",
  132015: "Template is paused",
  132016: "Template is disabled",
  133004: "Server temporarily unavailable",
};

/** Where the vendor's table of codes says something else than 400. */
const HTTP: Record<number, number> = {
  1: 400,
  2: 503,
  3: 500,
  4: 429,
  10: 403,
  190: 401,
  368: 403,
  80007: 429,
  130429: 429,
  130497: 403,
  131000: 500,
  131005: 403,
  131016: 500,
  131031: 403,
  131048: 429,
  131056: 429,
  131057: 500,
  132001: 404,
  133004: 503,
};

/** The HTTP status with which the platform answers a code. */
export function httpOf(code: number): number {
  return HTTP[code] ?? 400;
}

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
