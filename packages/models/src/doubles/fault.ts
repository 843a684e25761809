/** How a double misbehaves in one request. */
export type Fault =
  /** An error status in the provider's form; `retryAfter` becomes the header, as it is. */
  | { status: number; retryAfter?: string; message?: string }
  /** No answer at all, until the caller hangs up. */
  | "hang"
  /** Headers and the beginning of an answer, and then nothing more. */
  | "hang_in_stream"
  /** The stream ends in the middle, politely. */
  | "cut_stream"
  /** The connection breaks in the middle of the stream. */
  | "reset"
  /** An error event within the stream. */
  | "error_in_stream"
  /** Events that are not JSON. */
  | "garbage"
  /** Events that are JSON and not the provider's. */
  | "foreign_json"
  /** A stream that is right in everything and says nothing. */
  | "empty"
  /** 100 KB of text where an answer was expected. */
  | "huge"
  /** A proxy's page with status 200. */
  | "html";

/** Every fault that is not a status. */
export const namedFaults = [
  "hang",
  "hang_in_stream",
  "cut_stream",
  "reset",
  "error_in_stream",
  "garbage",
  "foreign_json",
  "empty",
  "huge",
  "html",
] as const satisfies Fault[];
