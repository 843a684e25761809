import assert from "node:assert/strict";
import { offlineModel } from "@app/models/mod.ts";
import { evaluate, readAudience } from "./evaluate.ts";
import { findInventedPrices } from "./find-invented-prices.ts";
import { readBusiness } from "./read-business.ts";

for (const kind of ["packaging-wholesaler", "gym"]) {
  Deno.test(`the offline model serves the customers of ${kind}, keeps to the business and invents no price`, async () => {
    const audience = await readAudience(kind);
    assert.ok(audience.personas.length >= 30, `${audience.personas.length} customers`);
    assert.ok(audience.remarks.length >= 100, `${audience.remarks.length} remarks`);
    const { figures, outcomes } = await evaluate(await readBusiness(kind), offlineModel(), audience);
    const missed = outcomes.filter(({ isReached, isRedirected }) =>
      isReached === false || isRedirected === false
    );
    const story = missed.map(({ customer, lines }) => [customer, ...lines].join("\n")).join("\n\n");
    assert.ok(figures.goal_reached_pct >= 95, `${figures.goal_reached_pct} %\n${story}`);
    assert.ok(figures.redirected_pct >= 95, `${figures.redirected_pct} %\n${story}`);
    assert.equal(figures.invented_prices, 0);
  });
}

Deno.test("findInventedPrices() finds what neither the machine nor arithmetic bears out", () => {
  const found = (text: string) => findInventedPrices([text], "a box is USD 0.32", ["quiero 400"]);
  assert.deepEqual(found("USD 0.32 cada una, USD 128 en total"), []);
  assert.deepEqual(found("te la dejo a USD 0.30"), ["USD 0.30"]);
});
