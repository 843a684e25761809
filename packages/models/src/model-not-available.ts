/**
 * The model that a tenant's settings name can't be used: unknown, or its key is missing. The caller gives the
 * conversation to a person; trying again helps nothing until somebody changes the settings.
 */
export class ModelNotAvailable extends Error {
  override readonly name = "ModelNotAvailable";
  readonly code = "model_not_available";
  readonly status = 503;
  readonly retryable = false;

  /** @param provider As named in the settings; `null` if the settings name none that can be read. */
  constructor(readonly provider: string | null, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
