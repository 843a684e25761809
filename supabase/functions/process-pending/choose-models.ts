/** Which model answers for a tenant. */
import type { Models } from "@app/conversations/mod.ts";
import { modelFromSettings, type ModelKeys, ModelNotAvailable } from "@app/models/mod.ts";
import type { Config } from "../_shared/config.ts";

/**
 * The models that this deployment can use. A choice that it cannot serve gets a person, never another model.
 *
 * @param access Keys by provider, from the settings of the functions. What a provider's failures have opened stays with
 *   the returned object, so an isolate makes one.
 */
export function chooseModels(access: Config["secrets"]["models"]): Models {
  const keys: ModelKeys = {
    ...(access.openai && { openai: { apiKey: access.openai } }),
    ...(access.anthropic && { anthropic: { apiKey: access.anthropic } }),
    ...(access.gemini && { gemini: { apiKey: access.gemini } }),
    compatible: access.servers,
  };
  return {
    modelFor(_tenant, settings) {
      try {
        return modelFromSettings(settings, keys);
      } catch (error) {
        if (error instanceof ModelNotAvailable) return null;
        throw error;
      }
    },
  };
}
