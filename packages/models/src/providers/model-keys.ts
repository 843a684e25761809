/** Access to a provider. */
export interface ProviderAccess {
  apiKey: string;
  /** In place of the provider's own address. */
  baseUrl?: string;
}

/**
 * What a deployment holds keys for. Keep the object and pass the same one each time: models with their circuits and
 * connections are kept with it.
 */
export interface ModelKeys {
  openai?: ProviderAccess;
  anthropic?: ProviderAccess;
  gemini?: ProviderAccess;
  /**
   * Servers of one's own. A tenant's settings may name one of these addresses and no other, so that no tenant
   * points the engine, or a key, at a server of their choice.
   */
  compatible?: (ProviderAccess & { baseUrl: string })[];
}
