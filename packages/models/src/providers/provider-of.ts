import type { ModelProvider } from "../choose-model.ts";
import { ModelNotAvailable } from "../model-not-available.ts";
import { anthropicModel } from "./anthropic/anthropic-model.ts";
import { compatibleModel } from "./chat-completions/compatible-model.ts";
import { geminiModel } from "./chat-completions/gemini-model.ts";
import { openaiModel } from "./chat-completions/openai-model.ts";
import type { ModelKeys, ProviderAccess } from "./model-keys.ts";
import type { ModelChoice } from "./model-settings.ts";

const adapters = { openai: openaiModel, anthropic: anthropicModel, gemini: geminiModel };

/**
 * What makes the chosen model.
 *
 * @returns `undefined` if there is no key for it.
 * @throws {ModelNotAvailable} If a provider is chosen without a name of a model.
 */
export function providerOf(choice: ModelChoice, keys: ModelKeys): ModelProvider | undefined {
  const { provider } = choice;
  if (provider === "compatible") {
    const access = keys.compatible?.find(({ baseUrl }) => isSame(baseUrl, choice.baseUrl));
    if (access === undefined) return undefined;
    const options = optionsOf(choice, access);
    const format = choice.answerFormat === undefined ? {} : { answerFormat: choice.answerFormat };
    return () => compatibleModel({ ...options, ...format, baseUrl: access.baseUrl });
  }
  if (provider !== "openai" && provider !== "anthropic" && provider !== "gemini") return undefined;
  const access = keys[provider];
  if (access === undefined) return undefined;
  const options = optionsOf(choice, access);
  return () => adapters[provider](options);
}

function optionsOf(choice: ModelChoice, access: ProviderAccess) {
  const { provider, name, effort, timeoutMs, maxOutputTokens } = choice;
  if (name === undefined) {
    throw new ModelNotAvailable(provider, `Cannot choose a model of "${provider}": model.name is missing`);
  }
  return {
    apiKey: access.apiKey,
    model: name,
    ...(access.baseUrl === undefined ? {} : { baseUrl: access.baseUrl }),
    ...(effort === undefined ? {} : { effort }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
}

function isSame(known: string, chosen: string | undefined): boolean {
  return chosen !== undefined && known.replace(/\/+$/, "") === chosen.replace(/\/+$/, "");
}
