/** Language models behind the engine's port. */
export { chooseModel, type ModelProvider } from "./src/choose-model.ts";
export { ModelNotAvailable } from "./src/model-not-available.ts";
export { offlineModel } from "./src/offline-model.ts";

// Providers behind the network.
export { anthropicModel } from "./src/providers/anthropic/anthropic-model.ts";
export {
  compatibleModel,
  type CompatibleOptions,
} from "./src/providers/chat-completions/compatible-model.ts";
export { geminiModel } from "./src/providers/chat-completions/gemini-model.ts";
export { openaiModel } from "./src/providers/chat-completions/openai-model.ts";
export * from "./src/providers/model-failure.ts";
export * from "./src/providers/provider-options.ts";

// What makes them reliable.
export { modelFromSettings } from "./src/providers/model-from-settings.ts";
export * from "./src/providers/model-keys.ts";
export { type CircuitOptions, withCircuitBreaker } from "./src/providers/policies/with-circuit-breaker.ts";
export { withFallback } from "./src/providers/policies/with-fallback.ts";
export { type RetryOptions, withRetry } from "./src/providers/policies/with-retry.ts";

// What they cost.
export { anthropicPrices } from "./src/providers/prices/anthropic-prices.ts";
export { geminiPrices } from "./src/providers/prices/gemini-prices.ts";
export * from "./src/providers/prices/model-price.ts";
export { openaiPrices } from "./src/providers/prices/openai-prices.ts";

// Likeness of texts.
export { embedderFromSettings } from "./src/embeddings/embedder-from-settings.ts";
export { offlineEmbedder } from "./src/embeddings/offline-embedder.ts";
export {
  compatibleEmbedder,
  type EmbedderOptions,
  openaiEmbedder,
} from "./src/embeddings/remote-embedder.ts";
