/** Language models behind the engine's port. */
export { offlineModel } from "./src/offline-model.ts";
