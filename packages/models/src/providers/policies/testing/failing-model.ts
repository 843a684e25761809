import type { LanguageModel, ModelRequest } from "@app/sales-engine/mod.ts";
import { buildReply } from "./request.ts";

/** A model that fails as it is told, then answers; it keeps what it was asked. */
export interface FailingModel extends LanguageModel {
  readonly requests: ModelRequest[];
}

/** @param during Called before each answer, such as to let time pass. */
export function failingModel(name: string, failures: Error[], during: () => void = () => {}): FailingModel {
  const requests: ModelRequest[] = [];
  return {
    name,
    requests,
    complete(request) {
      requests.push(request);
      during();
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve(buildReply(name));
    },
  };
}
