// Plays scripted customers against a machine and a model: `npm run eval -- gym`. The last line is one JSON object.

import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./setup/console.mjs";
import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
const settings = join(root, ".env");
if (existsSync(settings)) process.loadEnvFile(settings);
becomeDeno("scripts/eval/main.ts", process.argv.slice(2));
