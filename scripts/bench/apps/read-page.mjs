import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";

/** The version of Lighthouse that judges. */
export const version = JSON.parse(
  readFileSync(new URL("../../../node_modules/lighthouse/package.json", import.meta.url), "utf8"),
).version;

const categories = ["performance", "accessibility", "best-practices"];

/**
 * Has Lighthouse load a page as a phone, several times. Code is in no cache; a login stays.
 *
 * @param port Where the browser can be debugged.
 * @returns Medians of the scores (0 to 100) and of two times; what scored less than it could, of the last run.
 */
export async function readPage(url, port, runs) {
  const results = [];
  for (let run = 0; run < runs; run++) {
    const result = await lighthouse(url, {
      port,
      output: "json",
      logLevel: "error",
      onlyCategories: categories,
    });
    if (result.lhr.runtimeError) throw new Error(`Cannot measure ${url}: ${result.lhr.runtimeError.message}`);
    results.push(result.lhr);
  }
  const score = (category) => Math.round(median(results.map((lhr) => lhr.categories[category].score)) * 100);
  const time = (audit) => Math.round(median(results.map((lhr) => lhr.audits[audit].numericValue)));
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    best_practices: score("best-practices"),
    lcp_ms: time("largest-contentful-paint"),
    tbt_ms: time("total-blocking-time"),
    complaints: complaintsOf(results.at(-1)),
  };
}

/** Audits of accessibility and good practice that did not pass. */
function complaintsOf({ categories: found, audits }) {
  return ["accessibility", "best-practices"].flatMap((category) =>
    found[category].auditRefs.map(({ id }) => audits[id])
      .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "binary" && score < 1)
      .map(({ title }) => title)
  );
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
