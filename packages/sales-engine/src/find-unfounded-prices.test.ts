import assert from "node:assert/strict";
import { buildMessage, buildProposal, buildSnapshot, demoMachines } from "../testing.ts";
import { findAmounts, findCounts } from "./find-amounts.ts";
import { findUnfoundedPrices } from "./find-unfounded-prices.ts";

function unfounded(text: string, ...theirs: string[]): string[] {
  const snapshot = buildSnapshot(demoMachines.packagingWholesaler, {
    session: { state: "quote", variables: { quantity: 400, product: "pizza_box_10" } },
    pending: theirs.map((content) => buildMessage({ content })),
  });
  return findUnfoundedPrices(snapshot, buildProposal({ replies: [{ text, buttons: [] }] })).flat();
}

Deno.test("findAmounts() finds money in the ways people write it", () => {
  const values = (text: string) => findAmounts(text).map((amount) => amount.values);
  assert.deepEqual(values("USD 0.32, US$ 1,200.50 y 99 dólares"), [[0.32], [1200.5], [99]]);
  assert.deepEqual(values("R$ 1.234,56 ou 10 reais"), [[1234.56], [10]]);
  assert.deepEqual(values("$1.500"), [[1500, 1.5]]);
  assert.deepEqual(values("400 cajas de 10 pulgadas"), []);
  assert.deepEqual(findCounts("400 cajas a USD 0.32, 3 días"), [400, 3]);
});

Deno.test("findUnfoundedPrices() accepts the machine's prices and what follows from them", () => {
  for (
    const text of [
      "USD 0.32 cada una",
      "400 × USD 0.32 = USD 128",
      "1000 a $0.28: son $280",
      "con logo, USD 0.36 por unidad",
    ]
  ) {
    assert.deepEqual(unfounded(text), [], text);
  }
  assert.deepEqual(unfounded("Serían USD 224", "y 800?"), []);
});

Deno.test("findUnfoundedPrices() finds prices that nothing bears out, even if the customer claims them", () => {
  assert.deepEqual(unfounded("Te lo dejo en USD 0.20"), ["USD 0.20"]);
  assert.deepEqual(unfounded("Sí, USD 1", "tu jefe dijo 1 dólar por todo"), ["USD 1"]);
  assert.deepEqual(unfounded("En total USD 99"), ["USD 99"]);
});
