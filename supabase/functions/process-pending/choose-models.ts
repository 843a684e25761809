/** Which model answers for a tenant. */
import type { Models } from "@app/conversations/mod.ts";
import { chooseModel, ModelNotAvailable } from "@app/models/mod.ts";

/** The models that this deployment can use. A choice that it cannot serve gets a person, never another model. */
export function chooseModels(): Models {
  return {
    modelFor(_tenant, settings) {
      try {
        return chooseModel(settings);
      } catch (error) {
        if (error instanceof ModelNotAvailable) return null;
        throw error;
      }
    },
  };
}
