import type { LanguageModel } from "@app/sales-engine/mod.ts";
import {
  type DoubledProvider,
  type DoubleOptions,
  type ProviderDouble,
  startProviderDouble,
} from "../../doubles/start-provider-double.ts";
import { anthropicModel } from "../anthropic/anthropic-model.ts";
import { compatibleModel } from "../chat-completions/compatible-model.ts";
import { geminiModel } from "../chat-completions/gemini-model.ts";
import { openaiModel } from "../chat-completions/openai-model.ts";
import type { ProviderOptions } from "../provider-options.ts";

/** Every provider that has a double. */
export const doubledProviders = ["openai", "anthropic", "gemini", "compatible"] as const;

const models = {
  openai: "gpt-6.1-terra",
  anthropic: "claude-haiku-4-5",
  gemini: "gemini-3.8-flash",
  compatible: "llama-4-8b",
};

/** An adapter that talks to a given double. */
function modelOn(
  provider: DoubledProvider,
  double: ProviderDouble,
  options: Partial<ProviderOptions> = {},
): LanguageModel {
  const given = { apiKey: double.apiKey, model: models[provider], ...options, baseUrl: double.url };
  switch (provider) {
    case "openai":
      return openaiModel(given);
    case "anthropic":
      return anthropicModel(given);
    case "gemini":
      return geminiModel(given);
    case "compatible":
      return compatibleModel({ ...given, answerFormat: "json_object" });
  }
}

/** Runs something with a provider's double and the adapter that talks to it. */
export async function withDouble(
  provider: DoubledProvider,
  run: (model: LanguageModel, double: ProviderDouble) => Promise<void>,
  options: Partial<ProviderOptions> & { double?: DoubleOptions } = {},
): Promise<void> {
  const { double: doubleOptions, ...rest } = options;
  const double = startProviderDouble(provider, doubleOptions);
  try {
    await run(modelOn(provider, double, rest), double);
  } finally {
    await double.stop();
  }
}
