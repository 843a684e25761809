/** Why a request could not be served: one class per decision that a caller makes. */
export abstract class EngineError extends Error {
  /** Stable, lower snake case; callers branch on it, never on the message. */
  abstract readonly code: string;
  /** The HTTP status that a function answers. */
  abstract readonly status: number;
  /** Whether the same request can succeed later. */
  readonly retryable: boolean = false;
}

/** The request itself is wrong; sending it again changes nothing. */
export class InvalidInput extends EngineError {
  override name = "InvalidInput";
  readonly code = "invalid_input";
  readonly status = 400;
}

/** The caller did not prove who they are. */
export class Unauthorized extends EngineError {
  override name = "Unauthorized";
  readonly code = "unauthorized";
  readonly status = 401;
}

/** The caller is known and may not do this. */
export class Forbidden extends EngineError {
  override name = "Forbidden";
  readonly code = "forbidden";
  readonly status = 403;
}

/** The thing that was named is not there, or the caller may not know that it is. */
export class NotFound extends EngineError {
  override name = "NotFound";
  readonly code = "not_found";
  readonly status = 404;
}

/** The state is not the one that the caller acted upon; reading it again shows the present one. */
export class Conflict extends EngineError {
  override name = "Conflict";
  readonly code = "conflict";
  readonly status = 409;
  /** Which rule of the state stood against it, lower snake case; for an app to explain. */
  readonly reason?: string;

  constructor(message: string, options?: ErrorOptions & { reason?: string }) {
    super(message, options);
    if (options?.reason) this.reason = options.reason;
  }
}

/** Something that is needed did not answer; later it may. */
export class Unavailable extends EngineError {
  override name = "Unavailable";
  readonly code = "unavailable";
  readonly status = 503;
  override readonly retryable: boolean = true;
}

/** The request is bigger than what is read. */
export class TooLarge extends EngineError {
  override name = "TooLarge";
  readonly code = "too_large";
  readonly status = 413;
}

/** The caller does this too often; after a while they may again. */
export class TooManyRequests extends EngineError {
  override name = "TooManyRequests";
  readonly code = "rate_limited";
  readonly status = 429;
  override readonly retryable: boolean = true;

  /** @param retryAfterSeconds When the same request can succeed; a whole number. */
  constructor(message: string, readonly retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
  }
}
