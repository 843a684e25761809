import type { ModelPrice, PriceTable } from "./model-price.ts";

/** A day at the end of a name: `-2026-03-17`, `-20251001`. */
const day = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The price of a model. One that the table does not know is taken for the provider's dearest: a budget that
 * ends too early is noticed, one that never ends is not.
 */
export function priceOf(table: PriceTable, model: string): ModelPrice {
  const name = model.replace(/^models\//, "").replace(day, "");
  const known = Object.hasOwn(table.models, name) ? table.models[name] : undefined;
  return known ??
    Object.values(table.models).reduce((dearest, each) => each.output > dearest.output ? each : dearest);
}
