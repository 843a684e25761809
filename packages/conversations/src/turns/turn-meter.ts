import {
  addSpending,
  type Embedder,
  type LanguageModel,
  type ModelSpending,
  noSpending,
  spentOn,
  type TurnResult,
} from "@app/sales-engine/mod.ts";

/** Counts what a turn spends on models and embeddings while it runs, so that it is known whatever becomes of the turn. */
export class TurnMeter {
  #name = "none";
  #calls = 0;
  #spent: ModelSpending = noSpending;

  /** What was spent so far; embeddings are in the cost and are no calls. */
  get usage(): TurnResult["model"] {
    return { name: this.#name, calls: this.#calls, ...this.#spent };
  }

  /** The model, counted. */
  model(model: LanguageModel): LanguageModel {
    const count = (name: string, spent: ModelSpending) => {
      this.#name = name;
      this.#calls++;
      this.#spent = addSpending(this.#spent, spent);
    };
    return {
      name: model.name,
      async complete(request, signal) {
        try {
          const reply = await model.complete(request, signal);
          count(reply.model, reply);
          return reply;
        } catch (error) {
          count(model.name, spentOn(error));
          throw error;
        }
      },
    };
  }

  /** The embedder, counted. */
  embedder(embedder: Embedder): Embedder {
    return {
      name: embedder.name,
      embed: (texts, signal, onCost) =>
        embedder.embed(texts, signal, (usd) => {
          this.#spent = addSpending(this.#spent, { ...noSpending, costUsd: usd });
          onCost?.(usd);
        }),
    };
  }
}
