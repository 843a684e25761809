/** Which model answers for a tenant. */
import type { Models } from "@app/conversations/mod.ts";
import { offlineModel } from "@app/models/mod.ts";
import { z } from "zod";

const choice = z.object({ model: z.object({ provider: z.string() }) });

/** The models that this deployment can use. A choice that it cannot serve gets a person, never another model. */
export function chooseModels(): Models {
  const offline = offlineModel();
  return {
    modelFor(_tenant, settings) {
      const chosen = choice.safeParse(settings);
      return chosen.success && chosen.data.model.provider === offline.name ? offline : null;
    },
  };
}
