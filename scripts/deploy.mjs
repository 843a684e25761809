// Brings migrations, secrets and functions to a Supabase project: `npm run deploy`. Shows a plan first.

import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./setup/console.mjs";
import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
const settings = join(root, ".env.production");
if (existsSync(settings)) process.loadEnvFile(settings);
becomeDeno("scripts/deploy/main.ts", process.argv.slice(2));
