// Every check and every test, from a bare clone: installs what is missing, ends with `N passed, N failed`.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { runBrowserTests } from "./setup/browser-tests.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { root, say } from "./setup/console.mjs";
import { deno, show } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";
import { buildPages } from "./setup/pages.mjs";
import { installPostgres, whyNotHere } from "./postgres17/install.mjs";

const notRun = [];
let passed = 0;
let failed = 0;

function count(name, result, pattern) {
  const found = stripVTControlCharacters(result.tail).match(pattern);
  if (found) {
    passed += Number(found[1]);
    failed += Number(found[2]);
  }
  if (!found || (result.code !== 0 && Number(found[2]) === 0)) failed += 1;
  say(`${name}: ${result.code === 0 ? "done" : "FAILED"}`);
}

installPackages();
await buildPages();
say("checks: format, lint, types, boundaries, dead code");
const checks = await show(process.execPath, ["scripts/check.mjs"]);
count("checks", checks, /(\d+) passed, (\d+) failed/);

const noPostgres = whyNotHere();
if (noPostgres && !process.env.DATABASE_URL) {
  notRun.push(
    `tests on PostgreSQL 17 (${noPostgres}; set DATABASE_URL to a superuser's database to run them)`,
  );
} else if (!noPostgres) {
  await installPostgres(say);
}

say("tests under Deno");
const tests = await show(deno, ["test", "-A", "--parallel", "--no-check", ...testFolders()], {
  DENO_JOBS: "2",
  LITE_TELEMETRY: "0",
});
count("tests under Deno", tests, /(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/);

const noChromium = ensureChromium();
if (noChromium) notRun.push(`browser tests (${noChromium})`);
else {
  say("browser tests in Chromium");
  const browser = await runBrowserTests(browserTests(root));
  passed += browser.passed;
  failed += browser.failed;
  say(`browser tests: ${browser.failed === 0 ? "done" : "FAILED"}`);
}

for (const line of notRun) say(`not run: ${line}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function testFolders() {
  return ["apps", "packages", "supabase", "scripts"];
}

function browserTests(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return browserTests(path);
    return entry.name.endsWith(".browser.test.mjs") ? [path] : [];
  });
}
