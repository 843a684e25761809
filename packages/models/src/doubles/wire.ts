/** Tokens of one call, as a provider counts them. */
export interface CountedTokens {
  fresh: number;
  cached: number;
  written: number;
  output: number;
}

/** What a double says. */
export interface DoubleAnswer {
  text?: string;
  toolCalls?: { id: string; name: string; input: unknown }[];
  /** In place of the usual ending: the limit was reached, or the model declined. */
  ending?: "cut" | "declined";
}

/** Why a provider does not take a request: its status, and its words. */
export interface Refusal {
  status: number;
  message: string;
}

/** A request as it arrived. */
export interface WireRequest {
  path: string;
  headers: Headers;
  /** The parsed body; `undefined` if it is not JSON. */
  body: unknown;
}

/** What is particular to a provider's wire format. Written from its documents, not from our adapter. */
export interface Wire {
  /** What the provider refuses; `null` if it takes the request. */
  check(request: WireRequest): Refusal | null;
  /** The schema that the answer has to fit, if the request names one. */
  schemaOf(body: unknown): unknown;
  /** The prompt as the cache sees it: all of it, and the marked beginning, if one is marked. */
  promptOf(body: unknown): { whole: string; marked: string | null; isImplicit: boolean };
  /** The events of an answer, each as its lines on the wire. */
  stream(answer: DoubleAnswer, tokens: CountedTokens, model: string): string[];
  /** An event that tells an error, and the body of an error. */
  errorEvent(): string;
  errorBody(refusal: Refusal): unknown;
}
