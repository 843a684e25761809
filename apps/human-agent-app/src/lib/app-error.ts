/** What a person can do about it: one kind per way out. */
export type ErrorKind =
  | "offline"
  | "signed_out"
  | "not_found"
  | "conflict"
  | "invalid"
  | "limited"
  | "failed";

/** Something that the backend refused, or that did not reach it. */
export class AppError extends Error {
  override name = "AppError";
  readonly kind: ErrorKind;
  /** Which rule stood against it, such as `window_closed`. */
  readonly reason: string | undefined;
  /** A further word of the backend, such as who holds the conversation. */
  readonly hint: string | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    more: { reason?: string; hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.reason = more.reason || undefined;
    this.hint = more.hint || undefined;
  }
}

const kinds: Record<number, ErrorKind> = {
  0: "offline",
  400: "invalid",
  401: "signed_out",
  403: "not_found",
  404: "not_found",
  409: "conflict",
  429: "limited",
  502: "offline",
  503: "offline",
  504: "offline",
};

/** The kind of an HTTP status; 0: no answer came. */
export function kindOfStatus(status: number): ErrorKind {
  return kinds[status] ?? "failed";
}

/** Anything that was thrown, as an error of the app; a fetch that failed has no status and means offline. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const isNetwork = error instanceof TypeError || (error instanceof Error && error.name === "AbortError");
  return new AppError(isNetwork ? "offline" : "failed", String(error), { cause: error });
}
