// The gate: format, lint, types, package boundaries, dead code, and the house rules. No rule is off.

import process from "node:process";
import { say } from "./setup/console.mjs";
import { deno, show } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
const bin = (name) => `node_modules/.bin/${name}`;
const checks = [
  ["format", deno, ["fmt", "--quiet", "--check"]],
  ["lint", deno, ["lint", "--quiet"]],
  ["types", deno, ["check", "--quiet", "apps", "packages", "supabase", "scripts"]],
  ["boundaries", bin("depcruise"), [
    "--config",
    "scripts/check/boundaries.cjs",
    "apps",
    "packages",
    "supabase",
    "scripts",
  ]],
  ["dead code", bin("knip"), ["--config", "scripts/check/knip.json", "--no-progress"]],
  ["house rules", process.execPath, ["scripts/check/house-rules.mjs"]],
];

let failed = 0;
for (const [name, command, args] of checks) {
  const result = await show(command, args);
  if (result.code !== 0) failed += 1;
  say(`${name}: ${result.code === 0 ? "ok" : "FAILED"}`);
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
