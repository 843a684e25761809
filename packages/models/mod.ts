/** Language models behind the engine's port. */
export { chooseModel, type ModelProvider } from "./src/choose-model.ts";
export { ModelNotAvailable } from "./src/model-not-available.ts";
export { offlineModel } from "./src/offline-model.ts";
