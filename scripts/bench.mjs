// Runs one benchmark by name: `npm run bench -- ingest`. The last line is one JSON object.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, root, say } from "./setup/console.mjs";
import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";
import { installPostgres } from "./postgres17/install.mjs";

installPackages();
const [name, ...rest] = process.argv.slice(2);
const names = readdirSync(join(root, "scripts/bench"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, "scripts/bench", entry.name, "main.ts")))
  .map((entry) => entry.name);
if (!names.includes(name)) fail(`Cannot run benchmark "${name ?? ""}": there are ${names.join(", ")}`);
await installPostgres(say);
becomeDeno(`scripts/bench/${name}/main.ts`, rest);
