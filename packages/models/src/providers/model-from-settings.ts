import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { chooseModel } from "../choose-model.ts";
import { ModelNotAvailable } from "../model-not-available.ts";
import type { ModelKeys } from "./model-keys.ts";
import { type ModelChoice, modelSettings } from "./model-settings.ts";
import { withCircuitBreaker } from "./policies/with-circuit-breaker.ts";
import { withFallback } from "./policies/with-fallback.ts";
import { withRetry } from "./policies/with-retry.ts";
import { providerOf } from "./provider-of.ts";

/** With another model behind it, waiting long for the first helps nobody. */
const longestWaitBeforeFallbackMs = 2_000;

const known = new WeakMap<ModelKeys, Map<string, LanguageModel>>();

/**
 * The model that a tenant's settings name, ready for turns: asked again after failures that may pass, not asked
 * while it keeps failing, and followed by the tenant's other choices.
 *
 * ```jsonc
 * { "model": { "provider": "openai", "name": "gpt-6.1-terra", "effort": "low",
 *              "smaller": { "provider": "openai", "name": "gpt-6-luna" },
 *              "fallback": [{ "provider": "anthropic", "name": "claude-haiku-5-5" }] } }
 * ```
 *
 * @param settings `tenants.settings` as stored.
 * @param keys The deployment's; the same object each time.
 * @param isSaving Whether `model.smaller` answers in place of the first choice, if there is one.
 * @throws {ModelNotAvailable} If the settings can't be read, or none of the chosen models has a key here.
 */
export function modelFromSettings(
  settings: Record<string, unknown>,
  keys: ModelKeys,
  isSaving = false,
): LanguageModel {
  const parsed = modelSettings.safeParse(settings);
  if (!parsed.success) {
    throw new ModelNotAvailable(null, `Cannot choose a model: ${explain(parsed.error.issues)}`);
  }
  const { fallback, smaller, ...usual } = parsed.data.model;
  const choices = [isSaving ? smaller ?? usual : usual, ...fallback];
  if (choices.length > 1 && choices.some(({ provider }) => provider === "offline")) {
    throw new ModelNotAvailable(
      "offline",
      'Cannot choose models: "offline" is chosen alone, and is no fallback',
    );
  }
  return withFallback(usable(choices, keys));
}

/** Choices without a key are passed over as long as another one is left. */
function usable(choices: ModelChoice[], keys: ModelKeys): LanguageModel[] {
  const models: LanguageModel[] = [];
  const missing: ModelNotAvailable[] = [];
  for (const [index, choice] of choices.entries()) {
    try {
      models.push(keptModel(choice, keys, index === choices.length - 1));
    } catch (error) {
      if (!(error instanceof ModelNotAvailable)) throw error;
      missing.push(error);
    }
  }
  const [first] = missing;
  if (models.length === 0 && first) throw first;
  return models;
}

/** Circuits count across turns, so a choice has one model for as long as its keys live. */
function keptModel(choice: ModelChoice, keys: ModelKeys, isLast: boolean): LanguageModel {
  const ofKeys = known.get(keys) ?? new Map<string, LanguageModel>();
  known.set(keys, ofKeys);
  const id = JSON.stringify([choice, isLast]);
  const made = ofKeys.get(id) ?? makeModel(choice, keys, isLast);
  ofKeys.set(id, made);
  return made;
}

function makeModel(choice: ModelChoice, keys: ModelKeys, isLast: boolean): LanguageModel {
  const make = providerOf(choice, keys);
  const model = chooseModel({ model: choice }, make ? { [choice.provider]: make } : {});
  if (choice.provider === "offline") return model;
  return withCircuitBreaker(
    withRetry(model, isLast ? {} : { longestWaitMs: longestWaitBeforeFallbackMs }),
  );
}

function explain(issues: { path: PropertyKey[]; message: string }[]): string {
  return issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join(
    "; ",
  );
}
