import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { ModelNotAvailable } from "./model-not-available.ts";
import { offlineModel } from "./offline-model.ts";

/** The part of a tenant's settings that chooses a model; other settings are none of our business. */
const modelSettings = z.object({ model: z.object({ provider: z.string().trim().min(1).max(50) }) });

/** Makes the models of one provider. */
export type ModelProvider = () => LanguageModel;

const providers: Readonly<Record<string, ModelProvider>> = { offline: offlineModel };

/**
 * Chooses the model that a tenant's settings name, as in `{ model: { provider: "offline" } }`. The offline model is
 * chosen and never fallen back to: a live tenant whose model is missing gets a person.
 *
 * @param settings `tenants.settings` as stored.
 * @param more Providers that the caller holds keys for, by name; they win over the built-in ones.
 * @throws {ModelNotAvailable} If the settings name no provider, or one that is unknown or has no key.
 */
export function chooseModel(
  settings: Record<string, unknown>,
  more: Readonly<Record<string, ModelProvider>> = {},
): LanguageModel {
  const parsed = modelSettings.safeParse(settings);
  if (!parsed.success) {
    throw new ModelNotAvailable(
      null,
      'Cannot choose a model: the tenant\'s settings have no model.provider, wanted is a name such as "offline"',
    );
  }
  const { provider } = parsed.data.model;
  const known = { ...providers, ...more };
  const make = Object.hasOwn(known, provider) ? known[provider] : undefined;
  if (make) return make();
  const names = Object.keys(known).join(", ");
  throw new ModelNotAvailable(
    provider,
    `Cannot choose model provider "${provider}": known with a key are ${names}`,
  );
}
