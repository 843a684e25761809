import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";

/** The version of Lighthouse that judges. */
export const version = JSON.parse(
  readFileSync(new URL("../../../node_modules/lighthouse/package.json", import.meta.url), "utf8"),
).version;

/**
 * Has Lighthouse load a page as a phone: several times for its speed, and once more for the rest, whose gatherers work in the
 * page while it opens. Code is in no cache; a login stays.
 *
 * @param port Where the browser can be debugged.
 * @returns Scores (0 to 100) and two times, the medians of speed; what scored less than it could.
 */
export async function readPage(url, port, runs) {
  const speeds = [];
  for (let run = 0; run < runs; run++) speeds.push(await judge(url, port, ["performance"]));
  const rest = await judge(url, port, ["accessibility", "best-practices"]);
  const time = (audit) => Math.round(median(speeds.map(({ audits }) => audits[audit].numericValue)));
  const score = ({ categories }, category) => Math.round(categories[category].score * 100);
  return {
    performance: median(speeds.map((lhr) => score(lhr, "performance"))),
    accessibility: score(rest, "accessibility"),
    best_practices: score(rest, "best-practices"),
    lcp_ms: time("largest-contentful-paint"),
    tbt_ms: time("total-blocking-time"),
    complaints: complaintsOf(rest),
  };
}

async function judge(url, port, onlyCategories) {
  const { lhr } = await lighthouse(url, { port, output: "json", logLevel: "error", onlyCategories });
  if (lhr.runtimeError) throw new Error(`Cannot measure ${url}: ${lhr.runtimeError.message}`);
  return lhr;
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
