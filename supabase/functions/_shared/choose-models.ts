/** Which model answers for a tenant. */
import type { Embedders, Models } from "@app/conversations/mod.ts";
import {
  embedderFromSettings,
  modelFromSettings,
  type ModelKeys,
  ModelNotAvailable,
} from "@app/models/mod.ts";
import type { Config } from "./config.ts";
import type { TenantModelKeys } from "./open-model-keys.ts";

/**
 * The keys that this deployment holds. What a provider's failures have opened stays with the returned object, so an
 * isolate makes one.
 *
 * @param access Keys by provider, from the settings of the functions.
 */
export function deploymentKeys(access: Config["secrets"]["models"]): ModelKeys {
  return {
    ...(access.openai && { openai: { apiKey: access.openai } }),
    ...(access.anthropic && { anthropic: { apiKey: access.anthropic } }),
    ...(access.gemini && { gemini: { apiKey: access.gemini } }),
    compatible: access.servers,
  };
}

/** The models that a tenant can use. A choice that cannot be served gets a person, never another model. */
export function chooseModels(keys: TenantModelKeys): Models {
  return {
    async modelFor(tenant, settings, isSaving) {
      try {
        return modelFromSettings(settings, await keys.keysFor(tenant), isSaving);
      } catch (error) {
        if (error instanceof ModelNotAvailable) return null;
        throw error;
      }
    },
  };
}

/** What compares texts for a tenant. A choice that cannot be served compares words only. */
export function chooseEmbedders(keys: TenantModelKeys): Embedders {
  return {
    async embedderFor(tenant, settings) {
      try {
        return embedderFromSettings(settings, await keys.keysFor(tenant));
      } catch (error) {
        if (error instanceof ModelNotAvailable) return null;
        throw error;
      }
    },
  };
}
